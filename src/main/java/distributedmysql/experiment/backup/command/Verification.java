package distributedmysql.experiment.backup.command;

import distributedmysql.backup.BackupException;
import distributedmysql.backup.DumpBackup;
import distributedmysql.backup.OwnFiles;
import distributedmysql.backup.RestoredServer;
import distributedmysql.backup.StoredBackup;
import distributedmysql.backup.binlog.DamagedBinlogException;
import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.Chain;
import distributedmysql.backup.store.DamagedBackupException;
import distributedmysql.backup.store.GapException;
import distributedmysql.backup.store.Listing;
import distributedmysql.backup.store.Manifest;
import distributedmysql.backup.store.WrongKeyException;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.Plural;
import distributedmysql.config.SettingsException;
import distributedmysql.experiment.backup.BackupSettings.Strategy;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads backups again, restores them, and looks at what is there; says a verdict for each. Used by one thread. */
final class Verification {
    private final Opened opened;
    private final Console console;
    private final List<CheckResult> results = new ArrayList<>();
    /** Those of the first store that are as they were written. */
    private final Set<String> whole = new HashSet<>();

    Verification(Opened opened) {
        this.opened = opened;
        this.console = opened.console();
    }

    /** @param ids all if there are none */
    int of(List<String> ids) throws IOException {
        BackupStore first = opened.stores().first();
        Listing listing = first.list();
        ids.forEach(id -> opened.requireKnown(id, listing));
        List<Manifest> chosen = chosen(listing, ids);
        List<Manifest> bases = chosen.stream().filter(Gaps::isBase).toList();
        if (!bases.isEmpty()) {
            opened.requireServers(bases);
        }
        for (BackupStore store : opened.all()) {
            stored(store, ids);
        }
        if (opened.stores().second().isPresent()) {
            tellWhatIsNotCopied(opened.stores().second().get(), chosen);
        }
        for (Manifest base : bases) {
            restored(listing, base);
        }
        new BinaryLogs(first, listing, chosen, whole).judge(ids.isEmpty()).forEach(this::add);
        return verdict("there is no backup in " + first.where());
    }

    /** Of what is in no store. */
    int ofFiles(Path made) throws IOException {
        if (!Files.isReadable(made)) {
            throw new SettingsException("verify-files: " + made + " is not there, or cannot be read");
        }
        boolean byHooks = !OwnFiles.isDump(made);
        if (byHooks && !opened.canRunHooks()) {
            throw new SettingsException("backup.hooks.restore: must be given, because " + made
                    + " is no dump (.sql, .sql.gz) that mysql could load: the command that restores it, from"
                    + " BACKUP_DIRECTORY or BACKUP_FILE into DATA_DIRECTORY, or, with backup.hooks.into-server, into the"
                    + " server that CLIENT_OPTIONS leads to");
        }
        opened.requireServers(List.of());
        OwnFiles files = new OwnFiles(opened.spares(), console::say);
        Path path = made.toAbsolutePath().normalize();
        proven("restored " + made, () -> {
            try (RestoredServer server = byHooks
                    ? files.ofFiles(path, opened.configured().hooks())
                    : files.ofDump(path, (DumpBackup) opened.configured().of(Strategy.DUMP))) {
                looked("restored " + made, server);
            }
        });
        return verdict("");
    }

    private static List<Manifest> chosen(Listing listing, List<String> ids) {
        return listing.usable().stream()
                .filter(backup -> ids.isEmpty() || ids.contains(backup.id()))
                .toList();
    }

    /** It may be older than the bucket. */
    private void tellWhatIsNotCopied(BackupStore second, List<Manifest> chosen) throws IOException {
        Listing copies = second.list();
        chosen.stream()
                .filter(backup -> copies.find(backup.id()).isEmpty())
                .forEach(backup -> console.say("not in " + second.where() + ": " + backup.id()));
    }

    private void stored(BackupStore store, List<String> ids) throws IOException {
        Listing listing = store.list();
        for (Listing.Unusable backup : listing.unusable()) {
            if (ids.isEmpty() || ids.contains(backup.id())) {
                add(CheckResult.invalid(backup.id(), backup.why()));
            }
        }
        for (Listing.Unfinished backup : listing.unfinished()) {
            if (ids.contains(backup.id())) {
                add(CheckResult.invalid(backup.id(), "is unfinished in " + store.where()));
            } else if (ids.isEmpty()) {
                console.say("not looked at, because it is unfinished: " + backup.id());
            }
        }
        for (Manifest backup : chosen(listing, ids)) {
            Ending.refuse("reading " + backup.id());
            proven(backup.id(), () -> read(store, backup));
            listing.foundWrong(backup).ifPresent(found -> add(CheckResult.invalid("restored " + backup.id(), found)));
        }
    }

    private void read(BackupStore store, Manifest backup) throws IOException {
        String bytes = Shown.megabytes(backup.bytes());
        Wait wait = Wait.until("reading " + backup.id(), "until its " + bytes + " are read");
        try (wait) {
            store.verify(backup);
        }
        if (store.equals(opened.stores().first())) {
            whole.add(backup.id());
        }
        add(CheckResult.valid(
                backup.id(),
                Plural.of(backup.objects().size(), "object") + " as written, " + bytes + " in " + store.where()));
    }

    private void restored(Listing listing, Manifest base) throws IOException {
        String name = "restored " + base.id();
        Ending.refuse(name);
        proven(name, () -> {
            Chain chain = listing.chainTo(base.id());
            if (!chain.all().stream().map(Manifest::id).allMatch(this::isWhole)) {
                add(CheckResult.unknown(name, "it was not restored, because what is stored is damaged"));
                return;
            }
            try (RestoredServer server = opened.restore()
                    .of(
                            stored(chain.full()),
                            chain.incrementals().stream().map(this::stored).toList())) {
                looked(name, server);
            }
        });
    }

    /** As far as it was looked at. */
    private boolean isWhole(String id) {
        return whole.contains(id)
                || results.stream().noneMatch(result -> result.name().equals(id));
    }

    private StoredBackup stored(Manifest backup) {
        return new StoredBackup(opened.stores().first(), backup);
    }

    private void looked(String name, RestoredServer server) {
        EveryTable tables = EveryTable.of(server.node(), opened.limit());
        GtidSet executed = GtidSet.executed(server.node());
        if (!tables.damaged().isEmpty()) {
            add(CheckResult.invalid(name, String.join("; ", tables.damaged())));
        } else if (!executed.equals(server.gtids())) {
            add(CheckResult.invalid(name, "has executed " + executed + ", and by the backup " + server.gtids()));
        } else {
            add(CheckResult.valid(
                    name,
                    String.format(
                            Locale.ROOT,
                            "%s readable, GTIDs %s, in %.1f s; what they hold is not compared with a source",
                            Plural.of(tables.read(), "table"),
                            executed.isEmpty() ? "none" : executed,
                            server.steps().stream()
                                            .mapToLong(step -> step.took().toMillis())
                                            .sum()
                                    / 1e3)));
        }
    }

    private interface Proof {
        void run() throws IOException;
    }

    /** What is wrong with one backup keeps nobody from looking at the others. */
    private void proven(String name, Proof proof) throws IOException {
        try {
            proof.run();
        } catch (DamagedBackupException
                | DamagedBinlogException
                | WrongKeyException
                | GapException
                | BackupException e) {
            add(CheckResult.invalid(name, e.getMessage()));
        } catch (TopologyException e) {
            if (Ending.hasBegun()) {
                throw e;
            }
            add(CheckResult.invalid(name, e.getMessage()));
        }
    }

    private void add(CheckResult result) {
        results.add(result);
        console.say(String.format(Locale.ROOT, "%-7s  %s: %s", result.verdict(), result.name(), result.evidence()));
    }

    private int verdict(String ifNothing) {
        if (results.isEmpty()) {
            console.say("Verdict: UNKNOWN: " + ifNothing);
            return BackupCommand.NOT_AS_IT_SHOULD_BE;
        }
        long valid = results.stream()
                .filter(result -> result.verdict() == Verdict.VALID)
                .count();
        boolean all = valid == results.size();
        console.say("Verdict: " + (all ? "PASS: " : "FAIL: ") + valid + " of " + results.size() + " VALID");
        return all ? BackupCommand.FINE : BackupCommand.NOT_AS_IT_SHOULD_BE;
    }
}
