package distributedmysql.experiment.consistency.judge;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.Completion;
import distributedmysql.history.Invocation;
import distributedmysql.history.Operation;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import distributedmysql.history.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What makes a record wrong in itself. Each operation that does is followed by one that is right. */
class ContradictionsTest {
    private static final long KEY = 7;

    private final RecordedWrites writes = new RecordedWrites();
    private final Contradictions contradictions = new Contradictions(List.of("node1", "node2"), writes);

    @Test
    void whatKeepsThePromisesIsNone() {
        look(write(1, 1, Completion.OK, 0, 10));
        look(read(Probe.DELAYED_READ, 1, "node2", new Read.After(1, 10, 0), 10, 10));
        look(write(1, 2, HandWritten.FAILED, 10, 20));
        look(write(2, 3, HandWritten.BROKEN, 20, 30, new Write.Basis(KEY + 1, 1)));
        look(read(Probe.FINAL_READ, 0, "node1", Read.After.NOTHING, 30, 50));
        look(read(Probe.FINAL_READ, 0, "node2", Read.After.NOTHING, 40, 60));
        assertThat(contradictions.first()).isEmpty();
    }

    @Test
    void aNodeThatTheHeaderDoesNotName() {
        look(read(Probe.SESSION, 1, "node3", Read.After.NOTHING, 0, 10));
        look(read(Probe.SESSION, 1, "node4", Read.After.NOTHING, 10, 20));
        assertFound("unknown node node3");
    }

    @Test
    void aProcessThatDoesTwoThingsAtATime() {
        for (Probe probe : List.of(Probe.SESSION, Probe.POLL, Probe.DELAYED_READ)) {
            Contradictions one = new Contradictions(List.of("node2"), writes);
            Read.After nothing = new Read.After(5, 0, 0);
            writes.add(write(9, 5, Completion.OK, 0, 0));
            one.lookAt(read(probe, 1, "node2", nothing, 0, 11));
            one.lookAt(read(probe, 2, "node2", nothing, 0, 10));
            assertThat(one.first()).isEmpty();
            one.lookAt(read(probe, 1, "node2", nothing, 10, 20));
            assertThat(one.first())
                    .isEqualTo("the records contradict each other: key 7: process 1 began this at 0.000010 s, before"
                            + " what it did before had ended at 0.000011 s");
        }
    }

    @Test
    void aVersionThatIsLeftOutOrUsedTwice() {
        look(write(1, 2, Completion.OK, 0, 10));
        assertFound("version 2 was written after version 0");
        Contradictions again = new Contradictions(List.of("node1"), writes);
        again.lookAt(write(1, 2, Completion.OK, 10, 20));
        assertThat(again.first()).endsWith(": version 2 was written after version 2");
    }

    @Test
    void twoWritersOfAKeyAtATime() {
        look(write(1, 1, Completion.OK, 0, 10));
        look(write(2, 2, Completion.OK, 9, 20));
        assertFound(
                "the write of version 2 began at 0.000009 s, before the write of version 1 had ended at 0.000010 s");
    }

    @Test
    void aFinalReadBeforeTheLastWriteHadEnded() {
        look(write(1, 1, Completion.OK, 0, 10));
        look(read(Probe.FINAL_READ, 0, "node1", Read.After.NOTHING, 9, 20));
        assertFound("a final read began at 0.000009 s, before the write of version 1 had ended at 0.000010 s");
    }

    @Test
    void aReadThatFollowsAWriteThatIsNotThere() {
        look(write(1, 1, Completion.OK, 0, 10));
        look(read(Probe.POLL, 1, "node2", new Read.After(2, 10, 0), 10, 20));
        assertFound("read after version 2, which was not recorded");
    }

    @Test
    void aReadThatFollowsAWriteThatWasNotAcknowledgedThen() {
        look(write(1, 1, Completion.OK, 0, 10));
        look(read(Probe.POLL, 1, "node2", new Read.After(1, 11, 0), 11, 20));
        assertFound("read after version 1, which was not acknowledged at 0.000011 s");
        writes.add(write(1, 2, HandWritten.BROKEN, 20, 30));
        Contradictions unsure = new Contradictions(List.of("node2"), writes);
        unsure.lookAt(read(Probe.POLL, 1, "node2", new Read.After(2, 30, 0), 30, 40));
        assertThat(unsure.first()).endsWith("read after version 2, which was not acknowledged at 0.000030 s");
    }

    @Test
    void aBasisThatCannotHaveBeenThere() {
        look(write(1, 1, Completion.OK, 0, 10, new Write.Basis(KEY + 1, 2)));
        assertFound("written after version 2 of key 8 had been read, which cannot have been there");
        writes.add(write(1, 2, HandWritten.FAILED, 10, 20));
        Contradictions failed = new Contradictions(List.of("node1"), writes);
        Invocation other = new Invocation(2, Probe.SESSION, 9, "node1", 20, 30);
        failed.lookAt(new Write(other, Completion.OK, 1, "", new Write.Basis(KEY, 2)));
        assertThat(failed.first())
                .endsWith("key 9: written after version 2 of key 7 had been read, which cannot have been there");
    }

    @Test
    void whatIsNoLongerAmongTheNewestButKept() {
        look(write(1, 1, Completion.OK, 0, 10));
        for (int i = 0; i < RecordedWrites.KEPT; i++) {
            Invocation call = new Invocation(100 + i, Probe.SESSION, 100 + i, "node1", 0, 10);
            look(new Write(call, Completion.OK, 1, ""));
        }
        assertThat(contradictions.first()).isEmpty();
        Contradictions follows = new Contradictions(List.of("node1", "node2"), writes);
        follows.lookAt(read(Probe.POLL, 2, "node2", new Read.After(1, 9, 0), 9, 20));
        assertThat(follows.first()).endsWith("read after version 1, which was not acknowledged at 0.000009 s");
        Contradictions finalRead = new Contradictions(List.of("node1", "node2"), writes);
        finalRead.lookAt(read(Probe.FINAL_READ, 0, "node2", Read.After.NOTHING, 9, 20));
        assertThat(finalRead.first()).contains("a final read began at 0.000009 s");
        look(read(Probe.SESSION, 1, "node2", Read.After.NOTHING, 9, 20));
        assertFound("process 1 began this at 0.000009 s, before what it did before had ended at 0.000010 s");
    }

    private void look(Operation operation) {
        contradictions.lookAt(operation);
        if (operation instanceof Write write) {
            writes.add(write);
        }
    }

    private void assertFound(String what) {
        assertThat(contradictions.first()).isEqualTo("the records contradict each other: key 7: " + what);
    }

    private static Write write(long process, long version, Completion ending, long from, long to) {
        return write(process, version, ending, from, to, Write.Basis.NONE);
    }

    private static Write write(long process, long version, Completion ending, long from, long to, Write.Basis basis) {
        return new Write(new Invocation(process, Probe.SESSION, KEY, "node1", from, to), ending, version, "", basis);
    }

    private static Read read(Probe probe, long process, String node, Read.After after, long from, long to) {
        Invocation call = new Invocation(process, probe, KEY, node, from, to);
        return new Read(call, Completion.OK, Strategy.REPLICA, after, Read.Answer.MISSING, Read.GtidWait.NONE);
    }
}
