package distributedmysql.experiment.sharding.search;

/**
 * How a join of one player with its guild went.
 *
 * @param id of the player that was asked for
 * @param player null if there was none
 * @param guild null if there was none
 * @param failure null if every statement was answered
 * @param nanos how long it took
 */
record Joined(long id, Player player, Guild guild, String failure, long nanos) {}
