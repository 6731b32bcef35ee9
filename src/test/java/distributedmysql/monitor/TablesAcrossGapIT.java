package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import distributedmysql.history.KeyDifference;
import distributedmysql.history.TableChecksum;
import distributedmysql.monitor.table.ComparisonSettings;
import distributedmysql.monitor.table.TableComparison;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tables compared where the replica lacks transactions of its primary for ever, or stands still. */
@Timeout(300)
@OwnServers
class TablesAcrossGapIT extends ReplicationGap {
    /** Longer than a test may take: who waits for it fails. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void tablesAreComparedWithoutWhatIsLacked() throws Exception {
        TestSql.execute(primary, "CREATE TABLE theirs.keyless (v INT)", "INSERT INTO theirs.keyless VALUES (1), (1)");
        try (Writer writer = new Writer()) {
            assertThat(compare(LONG)).allSatisfy(table -> {
                assertThat(table.incomplete()).isEmpty();
                assertThat(table.differs()).isFalse();
                assertThat(table.rows()).isEqualTo(2);
            });
            assertThat(writer.goesOn.get()).isTrue();
        } finally {
            TestSql.execute(primary, "DROP TABLE theirs.keyless");
        }
    }

    @Test
    void aRowThatAReplicaWasMadeToSkipDiffers() throws Exception {
        Replication.stopThreads(replica);
        write(2);
        followFromHere();
        try {
            assertThat(compare(LONG)).singleElement().satisfies(table -> {
                assertThat(table.incomplete()).isEmpty();
                assertThat(table.firstDifferences())
                        .extracting(KeyDifference::kind, KeyDifference::key)
                        .containsExactly(tuple(KeyDifference.Kind.DIFFERING, "2"));
            });
        } finally {
            TestSql.execute(
                    replica,
                    "SET GLOBAL super_read_only = OFF",
                    "SET sql_log_bin = 0",
                    "UPDATE theirs.t SET v = v + 1 WHERE id = 2",
                    "SET GLOBAL super_read_only = ON");
        }
    }

    @Test
    void aReplicaWhoseApplierHasStoppedWithAnErrorIsNotAwaited() throws Exception {
        TestSql.execute(
                replica,
                "SET GLOBAL super_read_only = OFF",
                "CREATE DATABASE inTheWay",
                "SET GLOBAL super_read_only = ON");
        TestSql.execute(primary, "CREATE DATABASE inTheWay");
        try {
            assertThat(compare(LONG))
                    .singleElement()
                    .satisfies(table -> assertThat(table.incomplete().orElseThrow())
                            .contains("its applier has stopped with an error", "1007"));
        } finally {
            TestSql.execute(
                    replica,
                    "SET GLOBAL super_read_only = OFF",
                    "DROP DATABASE inTheWay",
                    "SET GLOBAL super_read_only = ON");
            Replication.startApplier(replica);
            TestSql.execute(primary, "DROP DATABASE inTheWay");
            Replication.awaitConvergence(replicaSet, DEADLINE);
        }
    }

    @Test
    void aReplicaThatStandsStillIsAwaitedOnce() throws Exception {
        TestSql.execute(primary, "CREATE TABLE theirs.u (id INT PRIMARY KEY)");
        Replication.awaitConvergence(replicaSet, DEADLINE);
        Replication.stopApplier(replica);
        write(1);
        try {
            List<TableChecksum> tables = compare(Duration.ofSeconds(5));
            assertThat(tables).hasSize(2);
            assertThat(tables.get(0).incomplete().orElseThrow())
                    .contains("deadline passed while waiting", "it still lacks");
            assertThat(tables.get(1).incomplete().orElseThrow())
                    .contains("has executed nothing since it was waited for in vain");
        } finally {
            Replication.startApplier(replica);
            TestSql.execute(primary, "DROP TABLE theirs.u");
        }
    }

    private static List<TableChecksum> compare(Duration deadline) {
        return new TableComparison(new ComparisonSettings(SHORT, SHORT.multipliedBy(10), deadline, 10))
                .compareAll(replicaSet, "theirs");
    }
}
