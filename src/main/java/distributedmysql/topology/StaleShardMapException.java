package distributedmysql.topology;

/** Somebody has routed by a shard map that has been replaced: the key may belong to another shard now. */
public final class StaleShardMapException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StaleShardMapException(int asked, int present) {
        super("routed by version " + asked + " of the shard map, and the present one is version " + present
                + ": ask for the map again");
    }
}
