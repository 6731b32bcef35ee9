package distributedmysql.experiment.backup;

import distributedmysql.topology.Ending;

/** Why a step failed, for people. */
final class FailureReason {
    static final String INTERRUPTED = "the run was interrupted";

    private FailureReason() {}

    /** Once the run ends, its servers and programs are killed: what fails because of that says nothing of backups. */
    static String of(Exception e) {
        return of(e.getMessage());
    }

    /** The same of what somebody has said. */
    static String of(String reason) {
        return Ending.hasBegun() ? INTERRUPTED : reason;
    }
}
