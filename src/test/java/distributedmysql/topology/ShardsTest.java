package distributedmysql.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.mysql.NamedNode;
import distributedmysql.mysql.Node;
import distributedmysql.shard.Modulo;
import distributedmysql.shard.Ranges;
import distributedmysql.shard.ShardMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardsTest {
    private static final Node FIRST = NamedNode.of("shard1-node1");
    private static final Node SECOND = NamedNode.of("shard2-node1");
    private final Shards shards = new Shards(
            List.of(new ReplicaSet(FIRST, List.of()), new ReplicaSet(SECOND, List.of())),
            new ShardMap(1, Ranges.at(100)));

    @Test
    void aKeyBelongsToTheShardOfTheMap() {
        assertThat(shards.of(99).primary()).isEqualTo(FIRST);
        assertThat(shards.of(100, 1).primary()).isEqualTo(SECOND);
        assertThat(shards.shardOf(SECOND)).isEqualTo(1);
    }

    @Test
    void whoRoutesByAFormerMapIsTold() {
        shards.change(shards.map().next(Ranges.at(50)));

        assertThat(shards.of(99, 2).primary()).isEqualTo(SECOND);
        assertThatThrownBy(() -> shards.of(99, 1))
                .isInstanceOf(StaleShardMapException.class)
                .hasMessageContaining("version 1")
                .hasMessageContaining("version 2");
    }

    @Test
    void aMapFollowsTheOneBefore() {
        assertThatThrownBy(() -> shards.change(new ShardMap(3, Ranges.at(50))))
                .hasMessageContaining("cannot follow version 1");
        assertThatThrownBy(() -> shards.change(new ShardMap(2, new Modulo(3))))
                .hasMessageContaining("for 2 replica sets");
        assertThat(shards.map().version()).isEqualTo(1);
    }
}
