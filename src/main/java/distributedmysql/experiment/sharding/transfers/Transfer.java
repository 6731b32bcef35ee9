package distributedmysql.experiment.sharding.transfers;

/**
 * What is moved from an account on one shard to an account on another.
 *
 * @param number from 1 on, within its way
 */
record Transfer(int number, Account from, Account to) {
    /** No two transfers move the same amount, so that a sum that lacks one says which. */
    long amount() {
        return number;
    }

    Half debit() {
        return new Half(number, from.id(), -amount());
    }

    Half credit() {
        return new Half(number, to.id(), amount());
    }

    /** For instance {@code transfer 17 of 17 from account 3 on shard1 to account 9 on shard2}. */
    @Override
    public String toString() {
        return "transfer " + number + " of " + amount() + " from " + from + " to " + to;
    }
}
