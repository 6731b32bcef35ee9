package distributedmysql.experiment.sharding.resharding;

/** Is told what a coordinator does, on the threads that do it; what it throws ends the coordinator there. */
interface Watch {
    /** A phase begins; it is on the new shard already. */
    default void began(Phase phase) {}

    /**
     * Some rows of a source were looked through.
     *
     * @param moved those of them that were copied
     */
    default void copied(int source, int read, int moved) {}

    /** How far the copy is, in words; empty if nobody knows. */
    default String progress() {
        return "";
    }

    /** A source refuses writes by the old map from now on. */
    default void raised(int source) {}

    /** All of them do. */
    default void fenced() {}

    /** The new map holds, and nobody knows it yet. */
    default void decided() {}

    /** Some rows that have moved were deleted. */
    default void deleted(int source, int rows) {}
}
