package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VerdictsDocIT {
    private static final Pattern BLOCK = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    @Test
    @DisplayName("every SQL statement of docs/verdicts.md works on primary and replica, as it stands")
    void statementsWork() throws Exception {
        ReplicaSet replicaSet = TestServers.shared();
        TestSql.execute(replicaSet.primary(), "CREATE DATABASE shop", "CREATE TABLE shop.orders (id INT PRIMARY KEY)");
        try {
            Replication.awaitConvergence(replicaSet, Duration.ofMinutes(1));
            List<String> statements = statements();
            assertThat(statements).hasSizeGreaterThan(15);
            for (Node node : replicaSet.nodes()) {
                try (Connection connection = node.connect();
                        Statement statement = connection.createStatement()) {
                    for (String sql : statements) {
                        assertThat(statement.execute(sql)).as(sql).isTrue();
                    }
                }
            }
        } finally {
            TestSql.execute(replicaSet.primary(), "DROP DATABASE shop");
        }
    }

    private static List<String> statements() throws Exception {
        List<String> statements = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(Path.of("docs/verdicts.md")));
        while (block.find()) {
            block.group(1).lines().forEach(statements::add);
        }
        return statements;
    }
}
