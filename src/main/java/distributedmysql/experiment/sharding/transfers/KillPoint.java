package distributedmysql.experiment.sharding.transfers;

/** Where in a transfer its client is killed. */
enum KillPoint {
    /** Both shards have prepared, and nothing is decided. */
    BEFORE_DECISION("between prepare and decision"),
    /** The shard that pays has committed, the other one has not. */
    BETWEEN_COMMITS("between the two commits");

    private final String words;

    KillPoint(String words) {
        this.words = words;
    }

    /** As in reports, for instance {@code between the two commits}. */
    String words() {
        return words;
    }
}
