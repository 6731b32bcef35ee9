package distributedmysql.experiment.sharding.transfers;

import distributedmysql.topology.Shards;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the servers hold, compared with what clients were told: pure. */
final class Findings {
    private final WayRecord record;
    private final List<String> wrong = new ArrayList<>();
    private final Map<Integer, Ended> halfDone = new TreeMap<>();
    private long lost;

    /** @param record of which every primary was read */
    Findings(WayRecord record) {
        this.record = record;
        Map<Integer, List<Located>> rows = rows();
        record.ended()
                .forEach(ended -> transfer(ended, rows.remove(ended.transfer().number())));
        rows.forEach(this::unsent);
        record.primaries().forEach(this::balances);
        record.contents().forEach(this::prepared);
        record.contents().stream()
                .filter(server -> !server.primary())
                .forEach(replica -> record.primary(replica.shard()).ifPresent(primary -> compare(primary, replica)));
        long expected = record.sumBefore() - lost;
        if (record.sumAfter() != expected) {
            wrong.add("the sum of all balances is " + record.sumAfter() + " and not " + expected);
        }
    }

    private record Located(int shard, Half half) {
        /** For instance {@code shard1 has -17 for account 3}. */
        @Override
        public String toString() {
            return Shards.name(shard) + " has " + half.words();
        }
    }

    /** In words, the transfers first; empty if nothing is. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** Of which only one half is there, as their way promises after their end, by number. */
    List<Ended> halfDone() {
        return List.copyOf(halfDone.values());
    }

    /** By how much the sum is less because of all halves; negative if it is more. */
    long lost() {
        return lost;
    }

    private Map<Integer, List<Located>> rows() {
        Map<Integer, List<Located>> rows = new TreeMap<>();
        for (ShardContents server : record.primaries()) {
            server.halves()
                    .forEach(half -> rows.computeIfAbsent(half.number(), any -> new ArrayList<>())
                            .add(new Located(server.shard(), half)));
        }
        return rows;
    }

    private void transfer(Ended ended, List<Located> found) {
        Transfer transfer = ended.transfer();
        List<Located> rows = new ArrayList<>(found == null ? List.of() : found);
        boolean debit = rows.remove(new Located(transfer.from().shard(), transfer.debit()));
        boolean credit = rows.remove(new Located(transfer.to().shard(), transfer.credit()));
        Shape shape = Shape.of(debit, credit);
        lost += shape.lost(transfer);
        if (!rows.isEmpty()) {
            rows.forEach(row -> lost -= row.half.amount());
            wrong.add(ended + ": " + rows.get(0) + ", which is no half of it");
        } else if (!Shape.promised(record.way(), ended).contains(shape)) {
            wrong.add(ended + ": " + shape.words());
        } else if (shape.isHalf()) {
            halfDone.put(transfer.number(), ended);
        }
    }

    private void unsent(int number, List<Located> rows) {
        rows.forEach(row -> lost -= row.half.amount());
        wrong.add(rows.get(0) + ", and nobody has sent transfer " + number);
    }

    private void balances(ShardContents server) {
        Map<Long, Long> expected = new HashMap<>();
        record.accounts().stream()
                .filter(account -> account.shard() == server.shard())
                .forEach(account -> expected.put(account.id(), record.startBalance()));
        server.halves().forEach(half -> expected.computeIfPresent(half.account(), (id, sum) -> sum + half.amount()));
        Set<Long> ids = new HashSet<>(expected.keySet());
        ids.addAll(server.balances().keySet());
        ids.stream().sorted().forEach(id -> {
            Long is = server.balances().get(id);
            Long to = expected.get(id);
            Account account = new Account(id, server.shard());
            if (is == null || to == null) {
                wrong.add(account + (is == null ? " is not there" : " does not belong there"));
            } else if (!is.equals(to)) {
                wrong.add(account + " has " + is + ", and its halves of transfers make " + to);
            }
        });
    }

    private void prepared(ShardContents server) {
        server.prepared()
                .forEach(xid -> wrong.add("transfer " + xid.number() + " is still prepared on " + server.node()));
    }

    private void compare(ShardContents primary, ShardContents replica) {
        Set<Half> differing = new HashSet<>(primary.halves());
        new HashSet<>(replica.halves()).forEach(half -> {
            if (!differing.remove(half)) {
                differing.add(half);
            }
        });
        differing.stream()
                .map(Half::number)
                .min(Integer::compare)
                .ifPresent(number -> wrong.add(
                        "transfer " + number + " is not the same on " + replica.node() + " as on " + primary.node()));
        primary.balances().forEach((id, balance) -> {
            Long other = replica.balances().get(id);
            if (!balance.equals(other) && differing.isEmpty()) {
                wrong.add("account " + id + " has " + balance + " on " + primary.node() + ", and " + other + " on "
                        + replica.node());
            }
        });
    }
}
