package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run cannot be made with stops it before anything is started or written, and the last words say why. */
class BadInputIT {
    private static final String WRONG_PASSWORD = "not-the-password-83c1";

    @RegisterExtension
    final Simulations simulations = new Simulations();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    profile=nosuch                 | profile = nosuch: unknown profile nosuch; must be one of default, external, look, nightly, quick, staging
                    performance.select.rate=100    | performance.select.rate
                    performence.mixed.rate=100     | unknown key performence.mixed.rate; did you mean performance.mixed.rate?
                    performance.select.rates=-5    | performance.select.rates
                    """)
    void aSettingThatIsNotAllowed(String setting, String reason) throws Exception {
        assertRefused("", reason, setting);
    }

    @Test
    void aDirectoryWithoutAServer() throws Exception {
        Path basedir = Files.createDirectory(simulations.directory().resolve("empty"));
        assertRefused("", basedir.toString(), "embedded.basedir=" + basedir);
    }

    @Test
    void aWrongPassword() throws Exception {
        String[] settings = external(TestServers.shared(), "acceptance_test");
        assertRefused(WRONG_PASSWORD, "28000, error 1045", settings);
    }

    @Test
    void aPortOnWhichNobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String address = "127.0.0.1:" + port;
        assertRefused(WRONG_PASSWORD, address, "topology=external", "external.primary=" + address);
    }

    @Test
    void aDatabaseThatIsNotOurs() throws Exception {
        ReplicaSet replicaSet = TestServers.shared();
        String database = "acceptance_foreign";
        TestSql.execute(
                replicaSet.primary(),
                "CREATE DATABASE " + database,
                "CREATE TABLE " + database + ".players (id INT PRIMARY KEY)");
        try {
            String password = replicaSet.primary().admin().password().text();
            assertRefused(
                    password, database + " exists and was not made by this framework", external(replicaSet, database));
            assertThat(tables(replicaSet, database)).containsExactly("players");
        } finally {
            TestSql.execute(replicaSet.primary(), "DROP DATABASE " + database);
        }
    }

    /** The counterpart: with nothing wrong, the same servers are used, and the password is nowhere. */
    @Test
    void goodInputRunsAndTellsNoPassword() throws Exception {
        ReplicaSet replicaSet = TestServers.shared();
        String database = "acceptance_test";
        String password = replicaSet.primary().admin().password().text();
        try {
            PlayedRun ended = runLookingAtProcesses(password, external(replicaSet, database));
            JsonNode report = ended.report();
            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(report.at("/topology/kind").asText()).isEqualTo("external");
            ended.assertTellsNowhere(password);
            assertThat(ended.output()).contains("external: dropped the database " + database);
            assertThat(databases(replicaSet)).doesNotContain(database);
        } finally {
            new MarkedDatabase(replicaSet, database).remove();
        }
    }

    @Test
    void dataIsKeptWhereTheSettingsSaySo() throws Exception {
        ReplicaSet replicaSet = TestServers.shared();
        String database = "acceptance_kept";
        List<String> settings = new ArrayList<>(List.of(external(replicaSet, database)));
        settings.add("external.keep-data=true");
        try {
            PlayedRun ended = run(replicaSet.primary().admin().password().text(), settings.toArray(String[]::new));
            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(databases(replicaSet)).contains(database);
        } finally {
            new MarkedDatabase(replicaSet, database).remove();
        }
    }

    @Test
    void aStoreOfBackupsThatIsAFile() throws Exception {
        Path file = Files.createFile(simulations.directory().resolve("store"));
        assertRefused(
                simulations.play(OperationsSimulation.class, "backup.store.directory=" + file),
                "backup.store.directory = " + file + ": no backup can be stored there: ");
    }

    @Test
    void aKeyOfBackupsThatIsNotThere() throws Exception {
        Path key = simulations.directory().resolve("key");
        assertRefused(
                simulations.play(OperationsSimulation.class, "backup.encryption.key-file=" + key),
                "backup.encryption.key-file = " + key + ": there is no such file; a key is 32 random bytes");
    }

    private void assertRefused(String password, String reason, String... settings) throws Exception {
        PlayedRun ended = run(password, settings);

        assertRefused(ended, reason);
        if (!password.isEmpty()) {
            assertThat(ended.output()).doesNotContain(password);
        }
    }

    private void assertRefused(PlayedRun ended, String reason) {
        assertThat(ended.exitCode()).as(ended.output()).isNotZero();
        assertThat(ended.lastWords()).as(ended.output()).startsWith("error: ").contains(reason);
        // Once, and not as a stack.
        assertThat(ended.output())
                .doesNotContain("\tat ")
                .doesNotContain("Exception in thread", "Caused by")
                .containsOnlyOnce(ended.lastWords().substring("error: ".length()));
        assertThat(ended.hasReports()).isFalse();
        assertThat(simulations.cache().resolve("runs")).doesNotExist();
    }

    private PlayedRun run(String password, String... settings) throws Exception {
        return simulations.playAs(password, OneStageSimulation.class, settings);
    }

    /** What ps shows of every process, while the run has its load. */
    private PlayedRun runLookingAtProcesses(String password, String... settings) throws Exception {
        try (SimulationProcess process = simulations.startAs(password, OneStageSimulation.class, settings)) {
            process.awaitLine(line -> line.contains("data: "), "the loaded data");
            assertThat(ProcessHandle.allProcesses().map(BadInputIT::commandLine))
                    .noneMatch(line -> line.contains(password));
            return process.end();
        }
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // PlayedRun meanwhile, or not Linux.
            return process.info().commandLine().orElse("");
        }
    }

    private static List<String> databases(ReplicaSet replicaSet) throws SQLException {
        return column(replicaSet, "SHOW DATABASES");
    }

    private static String[] external(ReplicaSet replicaSet, String database) {
        List<String> settings = new ArrayList<>(TestServers.external(replicaSet));
        settings.add("external.user=" + replicaSet.primary().admin().user());
        settings.add("data.database=" + database);
        return settings.toArray(String[]::new);
    }

    private static List<String> tables(ReplicaSet replicaSet, String database) throws SQLException {
        return column(replicaSet, "SHOW TABLES FROM " + database);
    }

    private static List<String> column(ReplicaSet replicaSet, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = replicaSet.primary().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
