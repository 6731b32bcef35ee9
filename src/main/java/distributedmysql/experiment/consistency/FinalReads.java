package distributedmysql.experiment.consistency;

import distributedmysql.history.Completion;
import distributedmysql.history.HistoryRecorder;
import distributedmysql.history.Invocation;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.RunClock;
import distributedmysql.history.Strategy;
import distributedmysql.load.data.ProbeTable;

/** Records one node's rows, which come by rising key, and the keys between them as missing. Not thread-safe. */
final class FinalReads {
    private final String node;
    private final Strategy strategy;
    private final HistoryRecorder recorder;
    private final RunClock clock;
    private final long begun;
    private long next = 1;

    FinalReads(String node, Strategy strategy, HistoryRecorder recorder, RunClock clock) {
        this.node = node;
        this.strategy = strategy;
        this.recorder = recorder;
        this.clock = clock;
        this.begun = clock.micros();
    }

    void found(ProbeTable.Found row) {
        missingUpTo(row.key() - 1);
        record(row.key(), new Read.Answer(row.version(), row.intact()));
        next = row.key() + 1;
    }

    void missingUpTo(long last) {
        for (; next <= last; next++) {
            record(next, Read.Answer.MISSING);
        }
    }

    private void record(long key, Read.Answer answer) {
        Invocation call = new Invocation(0, Probe.FINAL_READ, key, node, begun, clock.micros());
        recorder.record(new Read(call, Completion.OK, strategy, Read.After.NOTHING, answer, Read.GtidWait.NONE));
    }
}
