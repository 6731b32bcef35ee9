package distributedmysql.gatling;

import static distributedmysql.gatling.SqlDsl.sql;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EveryShardTest {
    @Test
    void aRequestToEveryShardHasNoKey() {
        SqlActionBuilder request = sql("players by name").onEveryShard().query("SELECT 1");

        assertThatThrownBy(() -> request.shardKey(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sql(\"players by name\").onEveryShard() goes to every shard: it has no .shardKey(…)");
    }
}
