package distributedmysql.experiment.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.Completion;
import distributedmysql.history.Invocation;
import distributedmysql.history.Probe;
import distributedmysql.history.Write;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProbeSessionTest {
    @Test
    void theNewestGtidOfEachKeyIsWaitedFor() {
        ProbeSession.Pair pair = new ProbeSession.Pair(1, Duration.ofSeconds(1));
        pair.acknowledged(write(1, 1, "u:1"));
        pair.acknowledged(write(2, 1, "u:2"));
        pair.acknowledged(write(1, 2, "u:3"));
        assertThat(pair.gtids().split(",")).containsExactlyInAnyOrder("u:2", "u:3");
    }

    @Test
    void aReaderWaitsForTheGtidOfAVersionThatItSawBeforeItsWriterWasAnswered() throws Exception {
        ProbeSession.Pair pair = new ProbeSession.Pair(1, Duration.ofSeconds(60));
        pair.acknowledged(write(1, 1, "u:1"));
        assertThat(pair.knows(1, 1)).isTrue();
        CompletableFuture<Boolean> known = CompletableFuture.supplyAsync(() -> pair.knows(1, 2));
        pair.acknowledged(write(1, 2, "u:2"));
        assertThat(known.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aVersionThatNobodyAcknowledgedIsNeverKnown() {
        ProbeSession.Pair pair = new ProbeSession.Pair(1, Duration.ofMillis(20));
        assertThat(pair.knows(1, 1)).isFalse();
    }

    private static Write write(long key, long version, String gtid) {
        return new Write(new Invocation(1, Probe.SESSION, key, "node1", 0, 1), Completion.OK, version, gtid);
    }
}
