package distributedmysql.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import distributedmysql.topology.ReplicaSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What the tests of faults ask of servers. */
public final class Servers {
    public static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(1_500);

    private Servers() {}

    /** Empty if the server answers a query within a short time; else why not. */
    static String unreachable(Node node) {
        try (Mysql session = Mysql.open(node, SHORT)) {
            session.execute("SELECT 1");
            return "";
        } catch (SQLException e) {
            return TopologyException.reason(e);
        }
    }

    static boolean answers(Node node) {
        return unreachable(node).isEmpty();
    }

    public static void await(String what, BooleanSupplier condition, Supplier<String> state) {
        Await.until(what, DEADLINE, condition, state);
    }

    static void awaitAnswer(Node node) {
        await(node + ": an answer", () -> answers(node), () -> unreachable(node));
    }

    /** A database and a table with an id and nothing else, on every node. */
    static void makeTable(ReplicaSet replicaSet, String database) {
        Mysql.execute(replicaSet.primary(), "CREATE DATABASE " + database);
        Mysql.execute(replicaSet.primary(), "CREATE TABLE " + database + ".t (id INT PRIMARY KEY)");
        String tables = "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?";
        for (Node replica : replicaSet.replicas()) {
            await(replica + ": the table", () -> "1".equals(Mysql.text(replica, tables, database)), () -> "no table");
        }
    }

    static void insert(Node node, String database, int id) {
        Mysql.execute(node, "INSERT INTO " + database + ".t VALUES (" + id + ")");
    }

    static boolean has(Node node, String database, int id) {
        return "1".equals(Mysql.text(node, "SELECT COUNT(*) FROM " + database + ".t WHERE id = " + id));
    }

    static void awaitRow(Node node, String database, int id) {
        await(node + ": row " + id, () -> has(node, database, id), () -> "no such row");
    }

    static void assertPossible(Fault fault) {
        assertThat(fault.impossible())
                .as("why impossible here: %s", fault.name())
                .isEmpty();
    }

    /** Skips the test, and says why, where the fault needs what this machine does not give. */
    static void assumePossible(Fault fault) {
        String reason = fault.impossible().orElse("");
        assumeTrue(reason.isEmpty(), () -> fault.name() + " is not possible here: " + reason);
    }
}
