package distributedmysql.experiment.backup.command;

import distributedmysql.backup.BinlogShipping;
import distributedmysql.backup.binlog.BinlogContents;
import distributedmysql.backup.binlog.BinlogReader;
import distributedmysql.backup.binlog.DamagedBinlogException;
import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.Listing;
import distributedmysql.backup.store.Manifest;
import distributedmysql.check.CheckResult;
import distributedmysql.config.Plural;
import distributedmysql.mysql.GtidSet;
import distributedmysql.topology.Ending;
import distributedmysql.topology.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads stored binary logs event by event, and looks whether one is missing between them.
 *
 * @param chosen those of them that are looked at
 * @param whole the ids of what is stored as it was written; nothing else is read
 */
record BinaryLogs(BackupStore store, Listing listing, List<Manifest> chosen, Set<String> whole) {
    /** @param gaps whether all were chosen, so that one can be missing */
    List<CheckResult> judge(boolean gaps) throws IOException {
        List<CheckResult> results = new ArrayList<>();
        Set<Integer> shards = new TreeSet<>();
        chosen.stream()
                .filter(BinaryLogs::isOne)
                .forEach(log -> shards.add(log.origin().shard()));
        for (int shard : shards) {
            results.add(judge(shard, gaps));
        }
        return results;
    }

    static boolean isOne(Manifest backup) {
        return backup.origin().strategy().equals(BinlogShipping.NAME);
    }

    private CheckResult judge(int shard, boolean gaps) throws IOException {
        String name = "binary logs of shard " + shard;
        List<String> wrong = new ArrayList<>();
        List<Gaps.Log> logs = new ArrayList<>();
        List<Manifest> stored = chosen.stream()
                .filter(backup -> isOne(backup) && backup.origin().shard() == shard && whole.contains(backup.id()))
                .toList();
        long transactions = 0;
        Wait wait = Wait.until("reading the " + name, "until all " + stored.size() + " are read");
        try (wait) {
            for (Manifest backup : stored) {
                Ending.refuse("reading " + backup.id());
                try {
                    BinlogContents read = read(backup);
                    logs.add(new Gaps.Log(backup, read.previous()));
                    transactions += read.transactions();
                    wait.state(Plural.of(logs.size(), "file"));
                } catch (DamagedBinlogException e) {
                    wrong.add(e.getMessage());
                }
            }
        }
        if (gaps) {
            wrong.addAll(Gaps.of(ofShard(shard), logs));
        }
        return wrong.isEmpty()
                ? CheckResult.valid(
                        name,
                        Plural.of(logs.size(), "file") + " whole, " + Plural.of(transactions, "transaction")
                                + (gaps ? ", no gap" : ""))
                : CheckResult.invalid(name, String.join("; ", wrong));
    }

    private Listing ofShard(int shard) {
        return new Listing(
                listing.usable().stream()
                        .filter(backup -> backup.origin().shard() == shard)
                        .toList(),
                listing.unusable(),
                listing.unfinished(),
                listing.judgements());
    }

    private BinlogContents read(Manifest backup) throws IOException {
        String object = backup.objects().get(0).name();
        String name = "backup " + backup.id() + ", " + object;
        try (InputStream in = store.open(backup, object)) {
            BinlogContents contents = BinlogReader.read(name, in, each -> {});
            if (!contents.gtids().equals(GtidSet.parse(backup.gtids()))) {
                throw new DamagedBinlogException(
                        name, "holds the transactions " + contents.gtids() + ", and by its manifest " + backup.gtids());
            }
            return contents;
        }
    }
}
