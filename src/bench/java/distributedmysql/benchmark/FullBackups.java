package distributedmysql.benchmark;

import distributedmysql.backup.CloneBackup;
import distributedmysql.backup.NewBackup;
import distributedmysql.backup.StepTime;
import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.BackupStores;
import distributedmysql.backup.store.KeySource;
import distributedmysql.backup.store.Retention;
import distributedmysql.backup.store.StoreSettings;
import distributedmysql.mysql.Mysql;
import distributedmysql.topology.ClonePlugin;
import distributedmysql.topology.Deployment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Our full backup by the clone plugin, compressed and encrypted, and what a shell makes of the same files by {@code cp}, and by
 * {@code tar | zstd -1 | openssl enc}; in turns. The first of ours is in a JVM that has compiled nothing of it.
 */
final class FullBackups {
    private static final Duration DEADLINE = Duration.ofMinutes(15);

    private final Deployment deployment;
    private final Target target;
    private final int rows;
    private final Consumer<String> progress;

    /** One repetition, in seconds. */
    record Pair(double ours, double cloned, double stored, double gtids, double cp, double cpOnDisk, double pipe) {
        private String text() {
            return String.format(
                    Locale.ROOT,
                    "ours %.2f s (clone %.2f, store %.2f, read its GTIDs %.2f); cp %.2f, and to the disk"
                            + " %.2f; tar | zstd -1 | openssl enc %.2f",
                    ours,
                    cloned,
                    stored,
                    gtids,
                    cp,
                    cpOnDisk,
                    pipe);
        }
    }

    /**
     * What was measured.
     *
     * @param cloneToCpOnDisk likewise, with what {@code sync} of the copy takes: what the clone has made is on the disk
     * @param cloneToCp seconds of the clone by those of {@code cp} of the same repetition
     * @param wholeToPipe seconds of the whole by those of the pipe of the same repetition
     */
    record Result(
            int rows,
            double megabytes,
            List<Pair> pairs,
            Spread cloneToCp,
            Spread cloneToCpOnDisk,
            Spread wholeToPipe) {
        String text() {
            return String.format(
                    Locale.ROOT,
                    "%nfull backup of %.0f MB: clone to cp %.2f [%.2f %.2f], to cp and sync %.2f [%.2f %.2f]; the whole to tar | zstd -1 | openssl enc %.2f [%.2f %.2f]",
                    megabytes,
                    cloneToCp.median(),
                    cloneToCp.min(),
                    cloneToCp.max(),
                    cloneToCpOnDisk.median(),
                    cloneToCpOnDisk.min(),
                    cloneToCpOnDisk.max(),
                    wholeToPipe.median(),
                    wholeToPipe.min(),
                    wholeToPipe.max());
        }
    }

    FullBackups(Deployment deployment, Target target, int rows, Consumer<String> progress) {
        this.deployment = deployment;
        this.target = target;
        this.rows = rows;
        this.progress = progress;
    }

    /** @throws BenchmarkException if the shell fails */
    Result measure(int repetitions) throws IOException, InterruptedException {
        new SbtestTable(target, rows).recreate();
        // Otherwise the server writes its pages meanwhile, and each repetition finds less to do.
        Mysql.execute(target.node(), "SET GLOBAL innodb_max_dirty_pages_pct = 0");
        ClonePlugin.install(target.node());
        Path files = deployment.spares().newPath("files");
        Mysql.execute(target.node(), "CLONE LOCAL DATA DIRECTORY = ?", files.toString());
        List<Pair> pairs = new ArrayList<>();
        double megabytes = 0;
        try (BackupStores stores = stores(target.directory().resolve("store"))) {
            for (int repetition = 1; repetition <= repetitions; repetition++) {
                NewBackup made = ours(stores.first());
                megabytes = made.manifest().contentBytes() / 1e6;
                stores.first().remove(List.of(made.manifest()));
                Path to = deployment.spares().newPath("copy");
                double cp = shell("cp -r \"$0\" \"$1\"", files, to);
                double cpOnDisk = cp + shell("find \"$1\" -type f -exec sync {} +", files, to);
                shell("rm -r \"$1\"", files, to);
                double pipe = shell(
                        "set -o pipefail; tar -C \"$0\" -cf - . | zstd -q -1 | openssl enc -aes-256-ctr -K $(printf '%064d' 1)"
                                + " -iv $(printf '%032d' 1) > \"$1\"",
                        files, to);
                shell("rm \"$1\"", files, to);
                pairs.add(pair(made, cp, cpOnDisk, pipe));
                progress.accept("full backup, repetition " + repetition + ": "
                        + pairs.get(repetition - 1).text());
            }
        }
        return new Result(
                rows,
                megabytes,
                pairs,
                Spread.of(pairs.stream().map(pair -> pair.cloned / pair.cp).toList()),
                Spread.of(
                        pairs.stream().map(pair -> pair.cloned / pair.cpOnDisk).toList()),
                Spread.of(pairs.stream().map(pair -> pair.ours / pair.pipe).toList()));
    }

    private NewBackup ours(BackupStore store) throws IOException {
        return NewBackup.full(new CloneBackup(deployment.spares(), DEADLINE), target.node(), 0, store);
    }

    private static Pair pair(NewBackup ours, double cp, double cpOnDisk, double pipe) {
        return new Pair(
                ours.manifest().seconds(),
                seconds(ours, "clone"),
                seconds(ours, "store"),
                seconds(ours, "read its GTIDs"),
                cp,
                cpOnDisk,
                pipe);
    }

    private static double seconds(NewBackup backup, String step) {
        return backup.taken().steps().stream()
                .filter(each -> each.step().equals(step))
                .map(StepTime::took)
                .mapToDouble(took -> took.toNanos() / 1e9)
                .sum();
    }

    private static BackupStores stores(Path directory) {
        StoreSettings settings = new StoreSettings(
                Optional.of(directory),
                Optional.empty(),
                Optional.of(new KeySource(Optional.empty(), Optional.of("KEY"))),
                1,
                new Retention(Duration.ofDays(1), 1));
        return BackupStores.open(
                settings, Map.of("KEY", Base64.getEncoder().encodeToString(new byte[32])), Clock.systemUTC());
    }

    /** @return the seconds that it took */
    private static double shell(String command, Path from, Path to) throws IOException, InterruptedException {
        Files.createDirectories(to.getParent());
        long start = System.nanoTime();
        try (GeneratorProcess process = new GeneratorProcess(
                new ProcessBuilder("bash", "-ec", command, from.toString(), to.toString()), Optional.empty())) {
            process.awaitEnd(DEADLINE, 0);
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
