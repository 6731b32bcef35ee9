package distributedmysql.experiment.consistency.judge;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.history.Completion;
import distributedmysql.history.History;
import distributedmysql.history.Invocation;
import distributedmysql.history.Operation;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import distributedmysql.history.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Process 1 writes key 7, the others read it; each line has the times in microseconds. */
class ImpossibleReadsTest {
    private final HandWritten history = new HandWritten(Probe.SESSION, Set.of(), "node2");

    @Test
    void aWriteMayBeSeenFromItsBeginningOn() {
        read(2, 1, 90, 100);
        write(1, Completion.OK, 100, 200);
        read(2, 1, 200, 210);
        assertResult(Verdict.VALID, "2 rows read, 0 impossible");
    }

    @Test
    void aWriteOfUnknownOutcomeMayBeSeenAtAnyTime() {
        write(1, HandWritten.BROKEN, 100, 200);
        read(2, 0, 300, 310);
        read(2, 1, 9_000_000, 9_000_010);
        assertResult(Verdict.VALID, "1 row read, 0 impossible");
    }

    @Test
    void anAbortedReadIsInvalid() {
        write(1, Completion.OK, 100, 200);
        write(2, HandWritten.FAILED, 300, 400);
        read(2, 1, 400, 410);
        read(2, 2, 500, 510);
        read(3, 2, 500, 510);
        assertResult(
                Verdict.INVALID,
                "process 2 read version 2 of key 7 on node2 from 0.000500 s to 0.000510 s, but that write failed"
                        + " (an aborted read); 3 rows read, 2 impossible");
    }

    @Test
    void anAbortedReadIsInvalidAlsoIfTheWriteFailedOnlyLaterAndIsCovered() {
        write(1, Completion.OK, 100, 200);
        read(2, 2, 310, 320);
        read(3, 2, 300, 310);
        read(4, 2, 305, 310);
        write(2, HandWritten.FAILED, 300, 400);
        write(3, Completion.OK, 500, 600);
        read(2, 3, 700, 710);
        assertResult(
                Verdict.INVALID,
                "process 3 read version 2 of key 7 on node2 from 0.000300 s to 0.000310 s, but that write failed"
                        + " (an aborted read); 4 rows read, 3 impossible");
    }

    @Test
    void aReadBeforeItsWriteBeganIsInvalid() {
        read(2, 1, 80, 99);
        read(3, 1, 90, 120);
        write(1, Completion.OK, 100, 200);
        assertResult(
                Verdict.INVALID,
                "process 2 read version 1 of key 7 on node2 from 0.000080 s to 0.000099 s, but that write began only at"
                        + " 0.000100 s (a future read); 2 rows read, 1 impossible");
    }

    @Test
    void aReadBeforeItsWriteBeganIsInvalidAlsoIfItWasRecordedLater() {
        write(1, Completion.OK, 100, 200);
        write(2, Completion.OK, 300, 400);
        read(2, 1, 90, 100);
        read(3, 1, 80, 99);
        assertResult(Verdict.INVALID, "process 3 read version 1 of key 7");
        assertThat(result().evidence()).endsWith("(a future read); 2 rows read, 1 impossible");
    }

    @Test
    void aReadOfWhatNobodyWroteIsInvalid() {
        write(1, Completion.OK, 100, 200);
        read(2, 2, 300, 310);
        read(3, 2, 310, 320);
        assertResult(
                Verdict.INVALID,
                "process 2 read version 2 of key 7 on node2 from 0.000300 s to 0.000310 s, but no such write was"
                        + " recorded (a thin-air read); 2 rows read, 2 impossible");
        assertThat(new HandWritten(Probe.SESSION, Set.of(), "node2")
                        .read(2, Strategy.PRIMARY, "node2", 7, 1)
                        .check(ImpossibleReads.NAME)
                        .evidence())
                .contains("(a thin-air read)");
    }

    @Test
    void aReadOfAVersionFarAheadIsInvalidAtOnce() {
        write(1, Completion.OK, 100, 200);
        read(2, 3, 300, 310);
        write(2, Completion.OK, 300, 400);
        write(3, Completion.OK, 500, 600);
        assertResult(
                Verdict.INVALID,
                "process 2 read version 3 of key 7 on node2 from 0.000300 s to 0.000310 s, but the newest write of that"
                        + " key that had ended was version 1 (a future or thin-air read); 1 row read, 1 impossible");
    }

    @Test
    void whatMayStillBeUnderWayIsNotProvenInAPartOfAHistory() {
        write(1, Completion.OK, 100, 200);
        read(2, 2, 300, 310);
        assertThat(cutOff().verdict()).isEqualTo(Verdict.UNKNOWN);
        write(2, HandWritten.FAILED, 300, 400);
        assertThat(cutOff().verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void damagedRowsAndReadsWithoutAnAnswerSayNothing() {
        assertResult(Verdict.UNKNOWN, "no row was read; 0 rows read, 0 impossible");
        history.add(read(2, Completion.OK, new Read.Answer(9, false)));
        history.add(read(2, HandWritten.BROKEN, Read.Answer.NONE));
        history.add(read(2, Completion.OK, Read.Answer.MISSING));
        assertResult(Verdict.UNKNOWN, "no row was read; 0 rows read, 0 impossible");
    }

    @Test
    void theTimesOfTheOldestWritesAreForgotten() {
        write(1, Completion.OK, 100, 200);
        for (int i = 1; i <= RecordedWrites.KEPT; i++) {
            history.add(write(1, 100 + i, 1, Completion.OK, 200, 200));
        }
        read(2, 1, 10, 20);
        assertThat(result().verdict()).isEqualTo(Verdict.INVALID);
        List<Operation> more = operations();
        more.remove(more.size() - 1);
        for (int i = 0; i <= RecordedWrites.KEPT; i++) {
            more.add(write(1, 1_000_000 + i, 1, Completion.OK, 200, 200));
        }
        more.add(read(2, 7, Completion.OK, new Read.Answer(1, true), 10, 20));
        assertThat(result(History.of(history.history().header(), more)).verdict())
                .isEqualTo(Verdict.VALID);
    }

    private void write(long version, Completion ending, long from, long to) {
        history.add(write(1, 7, version, ending, from, to));
    }

    private static Write write(long process, long key, long version, Completion ending, long from, long to) {
        return new Write(new Invocation(process, Probe.SESSION, key, "node1", from, to), ending, version, "");
    }

    private void read(long process, long version, long from, long to) {
        history.add(read(process, 7, Completion.OK, new Read.Answer(version, true), from, to));
    }

    private static Read read(long process, Completion ending, Read.Answer answer) {
        return read(process, 7, ending, answer, 10, 10);
    }

    private static Read read(long process, long key, Completion ending, Read.Answer answer, long from, long to) {
        Invocation call = new Invocation(process, Probe.SESSION, key, "node2", from, to);
        return new Read(call, ending, Strategy.REPLICA, Read.After.NOTHING, answer, Read.GtidWait.NONE);
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        history.history().replay(operations::add);
        return operations;
    }

    private void assertResult(Verdict verdict, String evidence) {
        assertThat(result().verdict()).as(result().evidence()).isEqualTo(verdict);
        assertThat(result().evidence()).startsWith(evidence);
    }

    private CheckResult result() {
        return result(history.history());
    }

    private CheckResult cutOff() {
        History whole = history.history();
        return result(new History() {
            @Override
            public distributedmysql.history.Header header() {
                return whole.header();
            }

            @Override
            public Optional<String> replay(Consumer<? super Operation> consumer) {
                whole.replay(consumer);
                return Optional.of("cut");
            }
        });
    }

    private static CheckResult result(History history) {
        return ConsistencyVerdicts.of(history).checks().stream()
                .filter(check -> check.name().equals(ImpossibleReads.NAME))
                .findFirst()
                .orElseThrow();
    }
}
