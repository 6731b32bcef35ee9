package distributedmysql.experiment.consistency.judge;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.Completion;
import distributedmysql.history.Invocation;
import distributedmysql.history.Plan;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WriteOrderTest {
    private final MonotonicWrites tally =
            new MonotonicWrites(new Plan(Set.of(), Set.of(Strategy.REPLICA), List.of(), 1));
    private final WriteOrder order = new WriteOrder(tally, "written");

    @Test
    void theNewestPairsAreKeptAndTheOldestForgotten() {
        for (int i = 0; i < 2 * WriteOrder.GENERATION + 1; i++) {
            order.pair(i, 1, -1, 1);
        }
        see(WriteOrder.GENERATION - 1);
        assertThat(samples()).as("forgotten").isZero();
        see(WriteOrder.GENERATION);
        assertThat(samples()).as("the oldest that is kept").isEqualTo(1);
        see(2L * WriteOrder.GENERATION);
        assertThat(samples()).as("the newest").isEqualTo(2);
    }

    /** One observer reads the later write, and then the earlier one. */
    private void see(long key) {
        order.hasRead(read(key, key));
        order.hasRead(read(key, -1));
    }

    private long samples() {
        return tally.guarantees().get(0).samples();
    }

    private static Read read(long process, long key) {
        Invocation call = new Invocation(process, Probe.SESSION, key, "node2", 1, 1);
        return new Read(
                call,
                Completion.OK,
                Strategy.REPLICA,
                Read.After.NOTHING,
                new Read.Answer(1, true),
                Read.GtidWait.NONE);
    }
}
