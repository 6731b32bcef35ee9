package distributedmysql.experiment.sharding.transfers;

import distributedmysql.shard.ShardMap;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Which accounts and transfers there are, and when clients are killed: all of it known beforehand. The first fifth of the transfers
 * warms up, the next two fifths are measured, and only then clients are killed, because the rows that a dead client keeps locked would
 * spoil the figures. Immutable and thread-safe.
 *
 * @param byShard the accounts of each shard that has some
 * @param transfers how many there are; more follow if that was not enough for all kills, but at most as many again
 */
record TransferPlan(List<List<Account>> byShard, int transfers, int kills, long seed) {
    private static final int WARM_UP_PERCENT = 20;
    private static final int MEASURED_PERCENT = 60;

    /** @throws IllegalArgumentException if fewer than two shards have accounts */
    TransferPlan {
        byShard = byShard.stream().map(List::copyOf).toList();
        if (byShard.size() < 2) {
            throw new IllegalArgumentException("no two shards have accounts");
        }
    }

    /** Accounts from 1 on, where the map has them. */
    static List<List<Account>> accounts(int count, ShardMap map) {
        TreeMap<Integer, List<Account>> shards = new TreeMap<>();
        LongStream.rangeClosed(1, count)
                .mapToObj(id -> new Account(id, map.shardOf(id)))
                .forEach(account -> shards.computeIfAbsent(account.shard(), any -> new ArrayList<>())
                        .add(account));
        return List.copyOf(shards.values());
    }

    List<Account> accounts() {
        return byShard.stream().flatMap(List::stream).toList();
    }

    /** The same for the same number, always. */
    Transfer transfer(int number) {
        SplittableRandom random = new SplittableRandom(seed + number);
        int from = random.nextInt(byShard.size());
        int to = (from + 1 + random.nextInt(byShard.size() - 1)) % byShard.size();
        return new Transfer(number, any(byShard.get(from), random), any(byShard.get(to), random));
    }

    private static Account any(List<Account> accounts, SplittableRandom random) {
        return accounts.get(random.nextInt(accounts.size()));
    }

    boolean isMeasured(int number) {
        return number > percent(WARM_UP_PERCENT) && number <= percent(MEASURED_PERCENT);
    }

    /** @param kill from 0 on; the number from which on the next transfer that comes to its point is killed */
    int killedFrom(int kill) {
        int first = percent(MEASURED_PERCENT) + 1;
        return first + Math.toIntExact((transfers + 1L - first) * kill / kills);
    }

    private int percent(int percent) {
        return Math.toIntExact(percent * (long) transfers / 100);
    }
}
