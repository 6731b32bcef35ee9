package distributedmysql.experiment.consistency.judge;

import distributedmysql.check.Evidence;
import distributedmysql.history.Invocation;
import distributedmysql.history.Operation;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Write;
import java.util.List;
import java.util.Set;

/**
 * For {@link ImpossibleReads}: whether the record keeps what {@link Operation} and {@link Invocation} promise and what all
 * checkers take for granted. If it does not, it is wrong in itself and proves nothing of the servers.
 */
final class Contradictions {
    private static final int ENDED = 0;

    private final Set<String> nodes;
    private final RecordedWrites writes;
    // By process: when its last operation ended.
    private final NewestRows processes = new NewestRows(1, RecordedWrites.KEPT);
    private String first = "";

    /** @param writes those before the operation that is looked at */
    Contradictions(List<String> nodes, RecordedWrites writes) {
        this.nodes = Set.copyOf(nodes);
        this.writes = writes;
    }

    /** Why the records cannot be true together, the first such case; empty if there is none. */
    String first() {
        return first;
    }

    void lookAt(Operation operation) {
        Invocation call = operation.call();
        if (!nodes.contains(call.node())) {
            found(call, "unknown node " + call.node());
        }
        if (call.probe() != Probe.FINAL_READ) {
            oneAtATime(call);
        }
        if (operation instanceof Write write) {
            continuesItsKey(call, write);
        } else if (operation instanceof Read read) {
            followsAWrite(call, read);
        }
    }

    private void oneAtATime(Invocation call) {
        int row = processes.find(call.process(), 0);
        if (row >= 0 && call.invokeMicros() < processes.get(row, ENDED)) {
            found(
                    call,
                    "process " + call.process() + " began this at " + Evidence.seconds(call.invokeMicros())
                            + ", before what it did before had ended at "
                            + Evidence.seconds(processes.get(row, ENDED)));
        }
        processes.set(processes.add(call.process(), 0), ENDED, call.completeMicros());
    }

    private void continuesItsKey(Invocation call, Write write) {
        long last = writes.last(call.key());
        if (write.version() != last + 1) {
            found(call, "version " + write.version() + " was written after version " + last);
        }
        startsAfter(call, last, "the write of version " + write.version());
        Write.Basis basis = write.basis();
        if (basis.version() > writes.last(basis.key()) + 1 || writes.hasFailed(basis.key(), basis.version())) {
            found(
                    call,
                    "written after version " + basis.version() + " of key " + basis.key()
                            + " had been read, which cannot have been there");
        }
    }

    private void followsAWrite(Invocation call, Read read) {
        if (call.probe() == Probe.FINAL_READ) {
            startsAfter(call, writes.last(call.key()), "a final read");
        }
        Read.After after = read.after();
        if (after.version() == 0) {
            return;
        }
        int write = writes.find(call.key(), after.version());
        if (after.version() > writes.last(call.key())) {
            found(call, "read after version " + after.version() + ", which was not recorded");
        } else if (write >= 0 && !isAcknowledgement(write, after)) {
            found(
                    call,
                    "read after version " + after.version() + ", which was not acknowledged at "
                            + Evidence.seconds(after.acknowledgedMicros()));
        }
    }

    private boolean isAcknowledgement(int write, Read.After after) {
        return writes.isAcknowledged(write) && writes.completeMicros(write) == after.acknowledgedMicros();
    }

    private void startsAfter(Invocation call, long last, String what) {
        int write = writes.find(call.key(), last);
        if (write >= 0 && call.invokeMicros() < writes.completeMicros(write)) {
            found(
                    call,
                    what + " began at " + Evidence.seconds(call.invokeMicros()) + ", before the write of version "
                            + last + " had ended at " + Evidence.seconds(writes.completeMicros(write)));
        }
    }

    private void found(Invocation call, String what) {
        if (first.isEmpty()) {
            first = "the records contradict each other: key " + call.key() + ": " + what;
        }
    }
}
