package distributedmysql.experiment.sharding.transfers;

/** Says when a client is killed. Thread-safe. */
@FunctionalInterface
interface Kills {
    /** Whether the client that has come to this point in its transfer is killed there. */
    boolean due(Transfer transfer, KillPoint point);
}
