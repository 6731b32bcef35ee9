package distributedmysql.experiment.sharding.search;

/** A row of the guilds; its shard is that of its id. */
record Guild(long id, String name) {
    @Override
    public String toString() {
        return "guild " + id;
    }
}
