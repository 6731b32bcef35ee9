package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import distributedmysql.config.Settings;
import distributedmysql.documents.DocumentedSql;
import distributedmysql.experiment.AllSettings;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName(
        "What a user may do is known whatever modes and names say, and what the messages and the docs grant is enough")
@OwnServers
class GrantsIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String PASSWORD = "only-in-this-test";
    private static final String WATCH = "GRANT REPLICATION CLIENT ON *.* TO ";
    private static final String COUNTERS = "GRANT SELECT ON performance_schema.* TO ";
    private static final String WORK = "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON `grants\\_it`.* TO ";
    private static final String ALL_WORK = "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON ";

    private static ReplicaSet replicaSet;

    private final List<String> dropped = new ArrayList<>();

    @BeforeAll
    static void start(ReplicaSet servers) throws SQLException {
        replicaSet = servers;
        execute("CREATE DATABASE theirs", "CREATE TABLE theirs.t (a INT PRIMARY KEY, b INT)");
    }

    @AfterEach
    void asItWas() throws SQLException {
        everywhere("SET GLOBAL sql_mode = DEFAULT, GLOBAL sql_quote_show_create = DEFAULT,"
                + " GLOBAL mandatory_roles = '', GLOBAL activate_all_roles_on_login = OFF");
        execute(dropped.toArray(String[]::new));
        // While a user has a partial revoke, that stays on.
        Replication.awaitConvergence(replicaSet, DEADLINE);
        everywhere("SET GLOBAL partial_revokes = OFF");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sql_mode = 'ANSI_QUOTES'",
                "sql_mode = 'ANSI'",
                "sql_mode = 'NO_BACKSLASH_ESCAPES'",
                "sql_quote_show_create = OFF",
                "sql_mode = 'ANSI', GLOBAL sql_quote_show_create = OFF"
            })
    void modesOfTheServer(String modes) throws Exception {
        everywhere("SET GLOBAL " + modes);
        user("few", WATCH, COUNTERS, WORK);
        assertAccepted("few");
        execute("REVOKE DELETE ON `grants\\_it`.* FROM few");
        assertGranted("few", ALL_WORK + "`grants\\_it`.* TO `few`@`%`;");
    }

    static Stream<List<String>> enough() {
        return Stream.of(
                List.of("GRANT ALL ON *.* TO u WITH GRANT OPTION"),
                List.of(WATCH + "u", COUNTERS + "u", "GRANT ALL PRIVILEGES ON `grants%`.* TO u"),
                List.of(WATCH + "u", COUNTERS + "u", "GRANT ALL ON `%`.* TO u"),
                List.of(WATCH + "u", COUNTERS + "u", "GRANT ALL ON grants_it.* TO u"),
                List.of(
                        "GRANT BACKUP_ADMIN ON *.* TO u",
                        WATCH + "r",
                        COUNTERS + "r",
                        WORK + "`nested ON *.* TO r`",
                        "GRANT `nested ON *.* TO r` TO r",
                        "GRANT r TO u",
                        "SET DEFAULT ROLE r TO u"));
    }

    @ParameterizedTest
    @MethodSource
    void enough(List<String> statements) throws Exception {
        roles();
        user("u");
        execute(statements.toArray(String[]::new));
        assertAccepted("u");
    }

    @Test
    void mandatoryRoles() throws Exception {
        roles();
        user("u");
        execute(WATCH + "r", COUNTERS + "r", WORK + "r");
        everywhere("SET GLOBAL mandatory_roles = 'r', GLOBAL activate_all_roles_on_login = ON");
        assertAccepted("u");
    }

    static Stream<List<String>> notEnough() {
        return Stream.of(
                // A privilege on all databases does not count where another grant fits the database more closely.
                List.of(
                        WATCH + "u",
                        COUNTERS + "u",
                        "GRANT SELECT ON `%`.* TO u",
                        "GRANT INSERT ON `grants\\_it`.* TO u"),
                List.of(WATCH + "u", COUNTERS + "u", "GRANT ALL ON `grants\\_it`.t TO u"),
                List.of(WATCH + "u", COUNTERS + "u", "GRANT SELECT (a), UPDATE (a, b), INSERT ON theirs.t TO u"),
                // A role that nobody has made active.
                List.of(WATCH + "r", COUNTERS + "r", WORK + "r", "GRANT r TO u"));
    }

    @ParameterizedTest
    @MethodSource
    void notEnough(List<String> statements) throws Exception {
        roles();
        user("u");
        execute(statements.toArray(String[]::new));
        assertGranted("u", ALL_WORK + "`grants\\_it`.* TO `u`@`%`;");
    }

    @Test
    void partialRevokes() throws Exception {
        everywhere("SET GLOBAL partial_revokes = ON");
        user("u", "GRANT ALL ON *.* TO ");
        execute("CREATE DATABASE secret", "REVOKE ALL ON secret.* FROM u");
        assertAccepted("u");
        execute("REVOKE INSERT ON grants_it.* FROM u", "REVOKE SELECT ON performance_schema.* FROM u");
        assertGranted("u", "ON `performance_schema`.*", ALL_WORK + "`grants_it`.* TO `u`@`%`;");
        // Now a backslash is a character of the database's name.
        user("doubled", WATCH, COUNTERS, WORK);
        assertGranted("doubled", ALL_WORK + "`grants_it`.* TO `doubled`@`%`;");
        execute("DROP DATABASE secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob", "load-test", "o'brien", "a@b", "b`q\"d", "back\\slash", "of two", "ünï日本"})
    void namesOfUsers(String name) throws Exception {
        for (String mode : List.of("", "ANSI,NO_BACKSLASH_ESCAPES")) {
            everywhere("SET GLOBAL sql_mode = '" + mode + "'");
            String account = "`" + name.replace("`", "``") + "`@`127.0.0.%`";
            execute("CREATE USER " + account + " IDENTIFIED BY '" + PASSWORD + "'");
            assertGranted(
                    name, "GRANT REPLICATION CLIENT ON *.* TO " + account + ";", "ON `grants\\_it`.* TO " + account);
            execute("DROP USER " + account);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh_p", "100%", "a`b'c\"d", "back\\slash_", "of two", "ünï日本", "dot.ted"})
    void namesOfDatabases(String name) throws Exception {
        String quoted = "`" + name.replace("`", "``") + "`";
        execute("CREATE DATABASE " + quoted);
        dropped.add("DROP DATABASE " + quoted);
        user("reader");
        String[] readOnly = {"external.read-only=true", "external.compare-databases=" + name};
        assertGranted("reader", readOnly, "GRANT SELECT ON ");
        everywhere("SET GLOBAL partial_revokes = ON");
        user("other");
        assertGranted("other", readOnly, "GRANT SELECT ON " + quoted + ".* TO `other`@`%`;");
    }

    @Test
    void whatTheDocumentsGrant() throws Exception {
        execute("CREATE DATABASE shop", "CREATE DATABASE billing");
        List<String> user = pasted(DocumentedSql.USER);
        assertDocumented(user, "distributed_mysql_test", "data.database=distributed_mysql_test");
        List<String> reading = new ArrayList<>(pasted(DocumentedSql.READING_USER));
        reading.add(0, user.get(0));
        String[] compared = {"external.read-only=true", "external.compare-databases=shop,billing"};
        assertDocumented(reading, "distributed_mysql_test", compared);
        for (DocumentedSql looks : List.of(DocumentedSql.FIRST_LOOK, DocumentedSql.LOOKS_ONLY)) {
            assertDocumented(pasted(looks), "looks_only", "external.read-only=true", "external.compare-databases=shop");
        }
        execute("DROP DATABASE shop", "DROP DATABASE billing");
    }

    private static List<String> pasted(DocumentedSql block) {
        return block.statements().stream()
                .map(statement -> statement.replace("'...'", "'" + PASSWORD + "'"))
                .toList();
    }

    /** The last of them is needed too. */
    private void assertDocumented(List<String> statements, String user, String... settings) throws Exception {
        int last = statements.size() - 1;
        execute(statements.subList(0, last).toArray(String[]::new));
        String[] encrypted = with(settings, "connection.ssl-mode=required");
        assertThatThrownBy(() -> start(user, encrypted))
                .hasMessageContaining(statements.get(last).split(" TO ")[0]);
        execute(statements.get(last));
        assertThat(start(user, encrypted).replicas()).hasSize(1);
        execute("DROP USER " + user);
    }

    /** Refused with the statements given; these, pasted as they are, are enough. */
    private void assertGranted(String user, String... statements) throws SQLException {
        assertGranted(user, new String[0], statements);
    }

    private void assertGranted(String user, String[] settings, String... statements) throws SQLException {
        ServerState before = state();
        TopologyException refused = catchThrowableOfType(TopologyException.class, () -> start(user, settings));
        assertThat(refused).hasMessageContainingAll("as " + user + ": lacks privileges");
        assertThat(refused).hasMessageContainingAll(statements);
        assertThat(state()).isEqualTo(before);
        execute(refused.getMessage()
                .lines()
                .filter(line -> line.startsWith("GRANT "))
                .toArray(String[]::new));
        assertThat(start(user, settings).replicas()).hasSize(1);
    }

    private void assertAccepted(String user) throws SQLException {
        ServerState before = state();
        assertThat(start(user).replicas()).hasSize(1);
        assertThat(state()).isEqualTo(before);
    }

    private static ServerState state() throws SQLException {
        Replication.awaitConvergence(replicaSet, DEADLINE);
        return ServerState.of(replicaSet.nodes());
    }

    private static ReplicaSet start(String user, String... settings) throws SQLException {
        Replication.awaitConvergence(replicaSet, DEADLINE);
        Properties properties = new Properties();
        properties.putAll(Map.of("profile", "quick", "topology", "external", "data.database", "grants_it"));
        properties.put("external.primary", replicaSet.primary().address().toString());
        properties.put(
                "external.replicas", replicaSet.replicas().get(0).address().toString());
        properties.put("external.user", user);
        for (String setting : settings) {
            properties.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        Settings read = AllSettings.load(properties);
        return new ExternalTopology(read, Map.of("MYSQL_PASSWORD", PASSWORD), line -> {})
                .start()
                .replicaSet();
    }

    private static String[] with(String[] settings, String more) {
        String[] all = Arrays.copyOf(settings, settings.length + 1);
        all[settings.length] = more;
        return all;
    }

    private void roles() throws SQLException {
        execute("CREATE ROLE r, `nested ON *.* TO r`");
        dropped.add("DROP ROLE r, `nested ON *.* TO r`");
    }

    /** @param grants up to the user's name */
    private void user(String name, String... grants) throws SQLException {
        execute("CREATE USER " + name + " IDENTIFIED BY '" + PASSWORD + "'");
        dropped.add(0, "DROP USER " + name);
        for (String grant : grants) {
            execute(grant + name);
        }
    }

    private static void execute(String... statements) throws SQLException {
        TestSql.execute(replicaSet.primary(), statements);
    }

    private static void everywhere(String statement) throws SQLException {
        for (Node node : replicaSet.nodes()) {
            TestSql.execute(node, statement);
        }
    }
}
