package distributedmysql.monitor.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GtidPositionIT {
    private static final String ALIEN = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";

    @Test
    void aTransactionThatIsBeingCommittedIsPartOfThePositionAndIsNoStandstill() throws Exception {
        try (ComparedTables tables = new ComparedTables("table_position_it")) {
            tables.onPrimary("CREATE TABLE t (id INT PRIMARY KEY)");
            try (Session primary = Session.open(tables.primary, TableDeadline.in(Duration.ofMinutes(1)));
                    Connection connection = tables.connectToPrimary();
                    Statement committing = connection.createStatement()) {
                GtidPosition before = GtidPosition.of(primary);
                // Owns its GTID from the beginning, which an ordinary transaction does only while it commits.
                committing.execute("SET SESSION gtid_next = '" + ALIEN + ":7'");
                committing.execute("BEGIN");
                committing.execute("INSERT INTO t VALUES (1)");

                GtidPosition during = GtidPosition.of(primary);

                assertThat(during.set()).contains(tables.primary.serverUuid()).endsWith("," + ALIEN + ":7");
                assertThat(during.isStillAt(before)).isFalse();
                assertThat(during.isStillAt(during)).isFalse();
                committing.execute("ROLLBACK");
                committing.execute("SET SESSION gtid_next = AUTOMATIC");
                assertThat(GtidPosition.of(primary).isStillAt(before)).isTrue();
                committing.execute("INSERT INTO t VALUES (2)");
                assertThat(GtidPosition.of(primary).isStillAt(before)).isFalse();
            }
        }
    }
}
