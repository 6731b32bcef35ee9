package distributedmysql.experiment.sharding.resharding;

/**
 * How fast it may be.
 *
 * @param chunk rows that are looked through in one go
 * @param rowsPerSecond of one source, looked through; 0 for as many as there can be
 * @param switchBelow changes that may be left when the switch begins
 */
record Pacing(int chunk, int rowsPerSecond, int switchBelow) {}
