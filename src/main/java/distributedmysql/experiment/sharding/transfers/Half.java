package distributedmysql.experiment.sharding.transfers;

/**
 * What a transfer leaves on one shard: a row, written in the local transaction that changes the balance.
 *
 * @param amount added to the account's balance; negative where it pays
 */
record Half(int number, long account, long amount) {
    /** For instance {@code -17 for account 3}. */
    String words() {
        return amount + " for account " + account;
    }
}
