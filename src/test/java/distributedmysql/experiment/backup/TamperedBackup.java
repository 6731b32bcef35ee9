package distributedmysql.experiment.backup;

import distributedmysql.backup.PurgedLogs;
import distributedmysql.backup.store.EarlierBackups;
import distributedmysql.backup.store.StoreSettings;
import distributedmysql.config.ExperimentSettings;
import distributedmysql.config.SettingsReader;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.report.Section;
import distributedmysql.run.Experiment;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.topology.Replication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The experiment, in which somebody tampers with what was backed up. */
public enum TamperedBackup implements Experiment {
    /** The first numbered row is missing on each restored server. */
    ROW_MISSING(node -> change(node, "DELETE FROM ledger ORDER BY write_id LIMIT 1"), run -> {}),
    /** Each restored server has one numbered row that was written after the position. */
    ROW_TOO_MUCH(
            node -> change(
                    node,
                    "INSERT INTO ledger (write_id, node_uuid, written_at)"
                            + " SELECT MAX(write_id) + 20, @@global.server_uuid, UTC_TIMESTAMP(6) FROM ledger"),
            run -> {}),
    /** On each restored server, one row is another one that the load will write again, and did while the backup was made. */
    ROW_CHANGED(node -> change(node, "UPDATE heartbeat SET beat = beat + 1000000"), run -> {}),
    /** One bit of what is stored is another one. */
    BIT_FLIPPED(node -> {}, run -> flip(EarlierBackups.in(store(run).directory().orElseThrow()))),
    /** The same of what is in the bucket. */
    BIT_FLIPPED_IN_BUCKET(
            node -> {}, run -> flip(EarlierBackups.in(store(run).s3().orElseThrow()))),
    /** Something is written before the load, and soon is in no binary log any more. */
    LOGS_PURGED(node -> {}, run -> {}) {
        @Override
        void beforeLoad(TestRun run) {
            Node primary = run.replicaSet().primary();
            Mysql.run(primary, "write", session -> {
                session.use("distributed_mysql_test");
                session.execute("ALTER TABLE ledger COMMENT = 'tampered with'");
            });
            Replication.awaitConvergence(run.replicaSet(), Duration.ofMinutes(1));
            PurgedLogs.all(primary);
        }
    };

    private final Consumer<Node> onServer;
    private final Consumer<TestRun> inStore;

    TamperedBackup(Consumer<Node> onServer, Consumer<TestRun> inStore) {
        this.onServer = onServer;
        this.inStore = inStore;
    }

    void beforeLoad(TestRun run) {}

    /** So that nothing but the row itself tells. */
    private static void change(Node node, String statement) {
        Mysql.run(node, statement, session -> {
            session.execute("SET SESSION sql_log_bin = 0");
            session.use("distributed_mysql_test");
            session.execute(statement);
        });
    }

    private static StoreSettings store(TestRun run) {
        return run.settings().of(BackupSettings.class).store();
    }

    private static void flip(EarlierBackups store) {
        try (store) {
            store.flipFirst("data.tar");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final BackupExperiment experiment = new BackupExperiment();

    @Override
    public String key() {
        return experiment.key();
    }

    @Override
    public ExperimentSettings read(SettingsReader reader) {
        return experiment.read(reader);
    }

    @Override
    public Class<? extends Section> section() {
        return experiment.section();
    }

    @Override
    public ExperimentRun prepare(TestRun run) {
        BackupRun untouched = new BackupRun(run, onServer);
        return new ExperimentRun() {
            @Override
            public List<Step> steps() {
                List<Step> steps = new ArrayList<>(untouched.steps());
                // After what is done under load, and before anything is read again.
                steps.add(2, run.alone("somebody tampers with it", Duration.ZERO, () -> inStore.accept(run)));
                steps.add(1, run.alone("somebody tampers with servers", Duration.ZERO, () -> beforeLoad(run)));
                return steps;
            }

            @Override
            public Optional<Section> section(Set<String> busy) {
                return untouched.section(busy);
            }

            @Override
            public void close() {
                untouched.close();
            }
        };
    }
}
