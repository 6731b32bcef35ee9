package distributedmysql.experiment.consistency.judge;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.Completion;
import distributedmysql.history.Strategy;
import org.junit.jupiter.api.Test;

/** Which order of writes a session may rely on, and which write is due then. */
class OrderOfSessionWritesTest extends SessionHistories {
    @Test
    void aWriteOfUnknownOutcomeThatWasSeenOrdersThoseBeforeIt() {
        HandWritten history = planned(Strategy.PRIMARY)
                .write(WRITER, A, 1, Completion.OK)
                .write(WRITER, B, 1, HandWritten.BROKEN)
                .read(OBSERVER, Strategy.PRIMARY, "node1", B, 1)
                .read(OBSERVER, Strategy.PRIMARY, "node1", A, 0);
        assertThat(of(history, Guarantee.MONOTONIC_WRITES).violations()).isEqualTo(1);
    }

    @Test
    void orderOfWritesIsJudgedOnOneNodeOnly() {
        HandWritten history = planned(Strategy.REPLICA)
                .write(WRITER, A, 1, Completion.OK)
                .write(WRITER, B, 1, Completion.OK)
                .read(OBSERVER, Strategy.REPLICA, "node2", B, 1)
                .read(OBSERVER, Strategy.REPLICA, "node3", A, 0);
        assertThat(of(history, Guarantee.MONOTONIC_WRITES).samples()).isZero();
    }

    @Test
    void readsBeforeTheLaterWriteWasSeenAreFree() {
        HandWritten history = planned(Strategy.PRIMARY)
                .write(WRITER, A, 1, Completion.OK)
                .write(WRITER, B, 1, Completion.OK)
                .read(OBSERVER, Strategy.PRIMARY, "node2", A, 0)
                .read(OBSERVER, Strategy.PRIMARY, "node2", B, 1);
        assertThat(of(history, Guarantee.MONOTONIC_WRITES).samples()).isZero();
    }

    @Test
    void theWriteBeforeOnAnotherKeyIsTheOneThatIsOrdered() {
        HandWritten history = planned(Strategy.PRIMARY)
                .write(WRITER, A, 1, Completion.OK)
                .write(WRITER, B, 1, Completion.OK)
                .write(WRITER, B, 2, Completion.OK)
                .read(OBSERVER, Strategy.PRIMARY, "node2", B, 2)
                .read(OBSERVER, Strategy.PRIMARY, "node2", A, 0);
        assertThat(of(history, Guarantee.MONOTONIC_WRITES).violations()).isEqualTo(1);
    }

    @Test
    void aWriteThatFollowsNothingDemandsNothingOfTheKeyZero() {
        HandWritten history = planned(Strategy.PRIMARY)
                .write(WRITER, A, 1, Completion.OK)
                .read(OBSERVER, Strategy.PRIMARY, "node2", A, 1)
                .read(OBSERVER, Strategy.PRIMARY, "node2", 0, 0);
        assertThat(of(history, Guarantee.MONOTONIC_WRITES).samples()).isZero();
        assertThat(of(history, Guarantee.WRITES_FOLLOW_READS).samples()).isZero();
    }

    @Test
    void whatIsDueOnOneNodeIsNotForgottenForWhatIsDueOnAnother() {
        HandWritten history = planned(Strategy.PRIMARY)
                .write(WRITER, A, 1, Completion.OK)
                .write(WRITER, B, 1, Completion.OK)
                .write(WRITER, A, 2, Completion.OK)
                .write(WRITER, B, 2, Completion.OK)
                .read(OBSERVER, Strategy.PRIMARY, "node2", B, 2)
                .read(OBSERVER, Strategy.PRIMARY, "node3", B, 1)
                .read(OBSERVER, Strategy.PRIMARY, "node2", A, 1);
        assertThat(of(history, Guarantee.MONOTONIC_WRITES).firstViolation().expectedVersion())
                .isEqualTo(2);
    }

    @Test
    void theNewestThatIsDueStaysDue() {
        HandWritten history = planned(Strategy.PRIMARY)
                .write(WRITER, A, 1, Completion.OK)
                .write(WRITER, B, 1, Completion.OK)
                .write(WRITER, A, 2, Completion.OK)
                .write(WRITER, B, 2, Completion.OK)
                .write(WRITER, B, 3, Completion.OK)
                .read(OBSERVER, Strategy.PRIMARY, "node2", B, 2)
                .read(OBSERVER, Strategy.PRIMARY, "node2", B, 1)
                .read(OBSERVER, Strategy.PRIMARY, "node2", B, 3)
                .read(OBSERVER, Strategy.PRIMARY, "node2", A, 1);
        assertThat(of(history, Guarantee.MONOTONIC_WRITES).firstViolation().expectedVersion())
                .isEqualTo(2);
        assertThat(of(history, Guarantee.MONOTONIC_WRITES).firstViolation().because())
                .startsWith("on that node it had read version 2 of key 20");
    }
}
