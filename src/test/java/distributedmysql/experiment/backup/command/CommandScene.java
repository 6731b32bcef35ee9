package distributedmysql.experiment.backup.command;

import distributedmysql.backup.BackupStrategy;
import distributedmysql.backup.BinlogFiles;
import distributedmysql.backup.BinlogShipping;
import distributedmysql.backup.CloneBackup;
import distributedmysql.backup.DumpBackup;
import distributedmysql.backup.NewBackup;
import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.BackupStores;
import distributedmysql.backup.store.Judgement;
import distributedmysql.backup.store.KeySource;
import distributedmysql.backup.store.Manifest;
import distributedmysql.backup.store.Retention;
import distributedmysql.backup.store.StoreSettings;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.SpareServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Backups of one server, encrypted: a dump without rows, a clone with row 1, and three binary logs, with row 2, row 3, and the deletion of all.
 *
 * @param before the number of the last transaction before the first of these
 */
record CommandScene(Path store, Node primary, Manifest dump, Manifest full, List<Manifest> logs, long before) {
    static final String TABLE = "command_it.t";
    static final String KEY_VARIABLE = "COMMAND_IT_KEY";
    static final String KEY = key(7);

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final class Shipped implements BinlogShipping.Listener {
        @Override
        public void shipped(Manifest segment) {}

        @Override
        public void failed(String reason) {
            throw new AssertionError(reason);
        }
    }

    static String key(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }

    static CommandScene make(Path store, Deployment deployment) throws IOException {
        Node primary = deployment.replicaSet().primary();
        SpareServers spares = deployment.spares();
        try (BackupStores stores = stores(store)) {
            BackupStore first = stores.first();
            Mysql.execute(primary, "CREATE DATABASE command_it");
            Mysql.execute(primary, "CREATE TABLE " + TABLE + " (id INT PRIMARY KEY)");
            Manifest dump = full(new DumpBackup(spares, LIMIT), primary, first);
            Mysql.execute(primary, "INSERT INTO " + TABLE + " VALUES (1)");
            Manifest full = full(new CloneBackup(spares, LIMIT), primary, first);
            long before = Long.parseLong(full.gtids().replaceFirst(".*-", ""));
            List<Manifest> logs = new ArrayList<>();
            BinlogFiles files = new BinlogFiles(spares, LIMIT);
            try (BinlogShipping shipping = BinlogShipping.of(() -> primary, 0, first, files, new Shipped())) {
                for (String statement : List.of(
                        "INSERT INTO " + TABLE + " VALUES (2)",
                        "INSERT INTO " + TABLE + " VALUES (3)",
                        "DELETE FROM " + TABLE)) {
                    Mysql.execute(primary, statement);
                    logs.addAll(shipping.ship());
                }
            }
            return new CommandScene(store, primary, dump, full, List.copyOf(logs), before);
        }
    }

    private static BackupStores stores(Path store) {
        StoreSettings settings = new StoreSettings(
                Optional.of(store),
                Optional.empty(),
                Optional.of(KeySource.ofVariable(KEY_VARIABLE)),
                1,
                new Retention(Duration.ofDays(1), 1));
        return BackupStores.open(settings, Map.of(KEY_VARIABLE, KEY), Clock.systemUTC());
    }

    /** As a run does that has restored and compared it. */
    void judge(Manifest backup, boolean proven, String found) throws IOException {
        try (BackupStores stores = stores(store)) {
            stores.first().judge(backup, new Judgement(proven, Instant.now(), found));
        }
    }

    private static Manifest full(BackupStrategy strategy, Node primary, BackupStore store) throws IOException {
        return NewBackup.full(strategy, primary, 0, store).manifest();
    }

    /** The transaction so many after the clone. */
    String gtid(int number) {
        return primary.serverUuid() + ":" + (before + number);
    }

    Path directory(Manifest backup) {
        return store.resolve(backup.id());
    }

    Path file(Manifest backup) {
        return directory(backup).resolve(backup.objects().get(0).name());
    }

    /** The directories of servers that this JVM has started and not ended. */
    static List<Path> runs(SpareServers spares) throws IOException {
        try (Stream<Path> files = Files.list(spares.newPath("none").getParent().getParent())) {
            String ours = "run-" + ProcessHandle.current().pid() + "-";
            return files.filter(file -> file.getFileName().toString().startsWith(ours))
                    .sorted()
                    .toList();
        }
    }

    /** What came of a command. */
    record Said(int exitCode, String out, String err) {
        String all() {
            return out + err;
        }
    }

    /** Reads what the command has said so far, and then presses Enter. */
    interface User {
        void reads(String said);
    }

    /** With the right key. */
    Said run(String words, String... settings) {
        return run(KEY, said -> {}, words, settings);
    }

    /** @param settings as {@code key=value} */
    Said run(String key, User user, String words, String... settings) {
        Properties properties = new Properties();
        properties.putAll(System.getProperties());
        properties.putIfAbsent("profile", "quick");
        properties.putAll(settings(settings));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        InputStream in = new InputStream() {
            @Override
            public int read() {
                user.reads(out.toString(StandardCharsets.UTF_8));
                return '\n';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                buffer[offset] = (byte) read();
                return 1;
            }
        };
        Console console = new Console(stream(out), stream(err), in);
        int exitCode = new BackupCommand(properties, Map.of(KEY_VARIABLE, key), console).run(List.of(words.split(" ")));
        Said said = new Said(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        System.out.println("backups " + words + ": " + exitCode + "\n" + said.all());
        return said;
    }

    /** Of a command that uses this store. */
    Map<String, String> settings(String... further) {
        Map<String, String> settings = new HashMap<>(
                Map.of("backup.store.directory", store.toString(), "backup.encryption.key-variable", KEY_VARIABLE));
        settings.putAll(Stream.of(further)
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> each[1])));
        return settings;
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
