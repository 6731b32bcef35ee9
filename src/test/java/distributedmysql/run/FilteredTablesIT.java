package distributedmysql.run;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.TableChecksumCheck;
import distributedmysql.check.Verdict;
import distributedmysql.history.TableChecksum;
import distributedmysql.monitor.table.ComparisonSettings;
import distributedmysql.monitor.table.TableComparison;
import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A table that a filter keeps from a replica is no difference of the replica's; another one still is. */
class FilteredTablesIT {
    private static final ComparisonSettings SETTINGS =
            new ComparisonSettings(Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(30), 5);

    @Test
    @OwnServers
    void whatIsFilteredIsUnknownWithTheFilterAndWhatIsNotIsInvalid(ReplicaSet replicaSet) throws Exception {
        Node primary = replicaSet.primary();
        Node replica = replicaSet.replicas().get(0);
        String filter = "replicate_wild_ignore_table = shop.cache%";
        Replication.stopApplier(replica);
        TestSql.execute(replica, "CHANGE REPLICATION FILTER REPLICATE_WILD_IGNORE_TABLE = ('shop.cache%')");
        Replication.startApplier(replica);
        TestSql.execute(
                primary,
                "CREATE DATABASE shop",
                "CREATE TABLE shop.cached (id INT PRIMARY KEY)",
                "CREATE TABLE shop.orders (id INT PRIMARY KEY)",
                "INSERT INTO shop.orders VALUES (1)");
        Replication.awaitConvergence(replicaSet, Duration.ofSeconds(60));

        assertThat(FilteredTables.warnings(replicaSet, List.of("shop")))
                .hasSize(1)
                .allSatisfy(warning ->
                        assertThat(warning).contains(replica + ": " + filter + ", by its table cached", "UNKNOWN"));
        CheckResult filtered = verdict(replicaSet);
        assertThat(filtered.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(filtered.evidence())
                .contains("shop.cached on node2: it is not replicated there: " + replica + ": " + filter);

        TestSql.execute(
                replica,
                "SET GLOBAL super_read_only = OFF",
                "SET sql_log_bin = 0",
                "INSERT INTO shop.orders VALUES (2)");
        CheckResult differing = verdict(replicaSet);
        assertThat(differing.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(differing.evidence()).contains("shop.orders on node2: 0 rows differing, 0 missing, 1 extra");
        assertThat(Replication.status(replica).running()).isTrue();
    }

    private static CheckResult verdict(ReplicaSet replicaSet) throws Exception {
        List<TableChecksum> found = new TableComparison(SETTINGS)
                .compareAll(replicaSet, "shop").stream()
                        .map(table -> FilteredTables.explained(replicaSet, table))
                        .toList();
        return TableChecksumCheck.check(found);
    }
}
