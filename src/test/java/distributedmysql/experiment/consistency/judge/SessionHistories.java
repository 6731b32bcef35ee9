package distributedmysql.experiment.consistency.judge;

import distributedmysql.history.Completion;
import distributedmysql.history.Invocation;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import java.util.Set;

/** Histories of sessions, written by hand. */
abstract class SessionHistories {
    static final long WRITER = 1;

    static final long OBSERVER = 2;

    static final long A = 10;

    static final long B = 20;

    static Read read(Invocation call, Completion ending, Read.Answer answer, Read.GtidWait wait) {
        return new Read(call, ending, Strategy.PRIMARY, Read.After.NOTHING, answer, wait);
    }

    static HandWritten planned(Strategy strategy) {
        return new HandWritten(Probe.SESSION, Set.of(strategy), "node2", "node3");
    }

    static SessionGuarantee of(HandWritten history, Guarantee guarantee) {
        return history.verdicts().sessionGuarantees().stream()
                .filter(one -> one.guarantee() == guarantee)
                .findFirst()
                .orElseThrow();
    }
}
