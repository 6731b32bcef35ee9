package distributedmysql.experiment.sharding.transfers;

import java.util.List;
import java.util.Optional;

/**
 * All that is known of one way in the end, for its check.
 *
 * @param accounts all of them
 * @param startBalance of each
 * @param sumBefore of all balances, as the servers had them at the start
 * @param ended in any order; each transfer once
 * @param contents of every server that could be read
 * @param problem what went wrong with what the harness had to do itself, such as reading a server; empty if nothing did
 */
record WayRecord(
        Way way,
        List<Account> accounts,
        long startBalance,
        long sumBefore,
        List<Ended> ended,
        List<ShardContents> contents,
        String problem) {
    long count(TransferEnding ending) {
        return ended.stream().filter(end -> end.ending() == ending).count();
    }

    long killed(KillPoint point) {
        return ended.stream().filter(end -> end.killedAt(point)).count();
    }

    List<ShardContents> primaries() {
        return contents.stream().filter(ShardContents::primary).toList();
    }

    Optional<ShardContents> primary(int shard) {
        return primaries().stream().filter(server -> server.shard() == shard).findFirst();
    }

    /** Whether every shard that has accounts could be read. */
    boolean isRead() {
        return accounts.stream()
                .map(Account::shard)
                .distinct()
                .allMatch(shard -> primary(shard).isPresent());
    }

    long sumAfter() {
        return primaries().stream().mapToLong(ShardContents::sum).sum();
    }
}
