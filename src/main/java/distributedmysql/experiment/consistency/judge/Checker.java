package distributedmysql.experiment.consistency.judge;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Meaning;
import distributedmysql.history.Operation;

/** Judges a history that is handed to it one operation after the other. Not thread-safe; used for one replay. */
interface Checker {
    void accept(Operation operation);

    /** Of its check. */
    Meaning meaning();

    /** What the operations so far prove. The same operations give the same results, word for word. */
    CheckResult result();

    /** Whether operations that are still to come could show that an INVALID was wrong. */
    default boolean isOpenToTheEnd() {
        return false;
    }
}
