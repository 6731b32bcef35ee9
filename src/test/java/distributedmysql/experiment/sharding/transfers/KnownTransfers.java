package distributedmysql.experiment.sharding.transfers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** For tests of the checks: two shards with two accounts of 100 each and a replica each, and transfers whose answer is known. */
final class KnownTransfers {
    static final Account ONE = new Account(1, 0);
    static final Account TWO = new Account(2, 0);
    static final Account THREE = new Account(3, 1);
    static final Account FOUR = new Account(4, 1);

    private static final List<Account> ACCOUNTS = List.of(ONE, TWO, THREE, FOUR);
    private static final long START = 100;

    final Way way;
    final Map<Integer, Ended> ended = new TreeMap<>();
    /** By shard; of primary and replica. */
    final List<List<Half>> halves = List.of(new ArrayList<>(), new ArrayList<>());

    final Map<Long, Long> balances = new HashMap<>();
    final Map<String, List<Xid>> prepared = new HashMap<>();
    final Map<String, List<Half>> otherwise = new HashMap<>();
    final List<String> unread = new ArrayList<>();
    String problem = "";
    long sumBefore = START * ACCOUNTS.size();

    /**
     * Transfers 1 and 2 acknowledged, 3 rolled back, 4 failed, 5 of unknown end and absent, 6 killed between the two commits, and, with
     * XA, 7 killed between prepare and decision.
     */
    KnownTransfers(Way way) {
        this.way = way;
        ACCOUNTS.forEach(account -> balances.put(account.id(), START));
        ends(new Transfer(1, ONE, THREE), TransferEnding.ACKNOWLEDGED, Shape.WHOLE);
        ends(new Transfer(2, FOUR, TWO), TransferEnding.ACKNOWLEDGED, Shape.WHOLE);
        ends(new Transfer(3, ONE, FOUR), TransferEnding.ROLLED_BACK, Shape.ABSENT);
        ends(new Transfer(4, ONE, FOUR), TransferEnding.FAILED, Shape.ABSENT);
        ends(new Transfer(5, THREE, TWO), TransferEnding.UNKNOWN, Shape.ABSENT);
        dies(new Transfer(6, TWO, THREE), KillPoint.BETWEEN_COMMITS, way == Way.XA ? Shape.WHOLE : Shape.DEBIT);
        if (way == Way.XA) {
            dies(new Transfer(7, THREE, ONE), KillPoint.BEFORE_DECISION, Shape.ABSENT);
        }
    }

    void ends(Transfer transfer, TransferEnding ending, Shape shape) {
        ended.put(transfer.number(), Ended.of(transfer, ending));
        apply(transfer, shape);
    }

    void dies(Transfer transfer, KillPoint point, Shape shape) {
        ended.put(transfer.number(), Ended.killed(transfer, point));
        apply(transfer, shape);
    }

    private void apply(Transfer transfer, Shape shape) {
        if (shape == Shape.DEBIT || shape == Shape.WHOLE) {
            add(transfer.from(), transfer.debit());
        }
        if (shape == Shape.CREDIT || shape == Shape.WHOLE) {
            add(transfer.to(), transfer.credit());
        }
    }

    /** A half with its balance. */
    void add(Account account, Half half) {
        halves.get(account.shard()).add(half);
        balances.merge(account.id(), half.amount(), Long::sum);
    }

    /** The same taken away. */
    void remove(Account account, Half half) {
        halves.get(account.shard()).remove(half);
        balances.merge(account.id(), -half.amount(), Long::sum);
    }

    WayRecord record() {
        List<ShardContents> contents = new ArrayList<>();
        for (int shard = 0; shard < 2; shard++) {
            for (int number = 1; number <= 2; number++) {
                contents.add(contents(shard, "shard" + (shard + 1) + "-node" + number, number == 1));
            }
        }
        contents.removeIf(server -> unread.contains(server.node()));
        return new WayRecord(way, ACCOUNTS, START, sumBefore, List.copyOf(ended.values()), contents, problem);
    }

    private ShardContents contents(int shard, String node, boolean primary) {
        Map<Long, Long> own = new HashMap<>(balances);
        own.keySet().removeIf(id -> ACCOUNTS.stream().anyMatch(a -> a.id() == id && a.shard() != shard));
        return new ShardContents(
                shard,
                node,
                primary,
                own,
                otherwise.getOrDefault(node, halves.get(shard)),
                prepared.getOrDefault(node, List.of()));
    }
}
