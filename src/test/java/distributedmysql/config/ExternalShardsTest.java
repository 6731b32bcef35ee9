package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Several replica sets of servers that are already there")
class ExternalShardsTest extends RefusedSettings {
    private static final String EXTERNAL = "topology=external";
    private static final String ALLOWED =
            "must be a list of replica sets, each the host:port of a primary and of its 1 to 8 replicas, such as"
                    + " db1:3306+db2:3306,db3:3306+db4:3306";

    @Test
    void theyAreInTheOrderOfTheShardMap() {
        Settings settings = SettingsTest.load(EXTERNAL, "external.shards=a:1+b:2+c:3, d:4 + e:5");
        assertThat(settings.shards()).isEqualTo(2);
        assertThat(settings.external().sets())
                .containsExactly(
                        new ExternalSet(server("a", 1), List.of(server("b", 2), server("c", 3)), true),
                        new ExternalSet(server("d", 4), List.of(server("e", 5)), true));
        assertThat(settings.external().shards().strategy()).isEqualTo(ShardSettings.Strategy.RING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "external.shards="})
    void withoutThemPrimaryAndReplicasAreTheOnlySet(String shards) {
        Settings settings = shards.isEmpty() ? SettingsTest.load(EXTERNAL) : SettingsTest.load(EXTERNAL, shards);
        assertThat(settings.shards()).isOne();
        assertThat(settings.external().sets())
                .containsExactly(new ExternalSet(server("127.0.0.1", 3306), List.of(server("127.0.0.1", 3307)), false));
    }

    @ParameterizedTest
    @DisplayName(
            "Each needs a primary and a replica; one set that is meant, and commas between its servers, are sets of one")
    @ValueSource(strings = {"a:1+b:2,c:3", "a:1+b:2,,d:4+e:5", "a:1,b:2", "a:1+b", "a:1+", "+"})
    void noSet(String shards) {
        String wrong = shards.equals("a:1,b:2") ? "a:1" : shards.replaceAll("a:1\\+b:2,|,d:4.*", "");
        assertRefused(
                "command line: external.shards = " + shards + ": " + ALLOWED + "; \"" + wrong + "\" is not",
                EXTERNAL,
                "external.shards=" + shards);
    }

    @Test
    void aServerIsThereOnlyOnce() {
        assertRefused(
                "command line: external.shards = a:1+b:2,c:3+b:2: a server may be there only once, because two shards on it"
                        + " would have one database: b:2 is in shard1 and in shard2",
                "external.shards=a:1+b:2,c:3+b:2");
        assertRefused(
                "command line: external.shards = a:1+b:2+a:1: a server may be there only once, because two shards on it"
                        + " would have one database: a:1 is in shard1 twice",
                "external.shards=a:1+b:2+a:1");
    }

    @Test
    void tooMany() {
        String seventeen =
                IntStream.rangeClosed(1, 17).mapToObj(i -> "a:" + i + "+b:" + i).collect(Collectors.joining(","));
        assertRefused(
                "command line: external.shards = " + seventeen + ": must be 16 shards at most; these are 17",
                "external.shards=" + seventeen);
        String ten = IntStream.rangeClosed(1, 10).mapToObj(i -> "a:" + i).collect(Collectors.joining("+"));
        assertRefused(
                "command line: external.shards = " + ten + ": must be 8 replicas at most in each shard, shard1 has 9",
                "external.shards=" + ten);
    }

    @Test
    void whatIsForOneReplicaSet() {
        assertRefused(
                "command line: external.replicas = c:3: external.shards says who the servers are, so external.primary and"
                        + " external.replicas must not be given beside it (external.shards = a:1+b:2, command line)",
                "external.shards=a:1+b:2",
                "external.replicas=c:3");
        assertRefused(
                "command line: external.shards = a:1+b:2,c:3+d:4: an endpoint is in front of one replica set, and does not"
                        + " know which shard a key belongs to: external.endpoints must be empty, or external.shards must be"
                        + " one set (external.endpoints.reader = p:1, command line)",
                "external.shards=a:1+b:2,c:3+d:4",
                "external.endpoints.reader=p:1");
    }

    @Test
    void rangesAreAsManyAsSets() {
        assertRefused(
                "command line: shards.ranges = ..9,10..: shards.ranges must have one range for each shard: 3"
                        + " (external.shards = a:1+b:2,c:3+d:4,e:5+f:6, command line)",
                EXTERNAL,
                "external.shards=a:1+b:2,c:3+d:4,e:5+f:6",
                "shards.strategy=ranges",
                "shards.ranges=..9,10..");
        assertRefused(
                "command line: shards.strategy = ranges: shards.ranges must say which keys each of the shards has, for"
                        + " instance [..999, 1000..] (external.shards = a:1+b:2,c:3+d:4, command line)",
                EXTERNAL,
                "external.shards=a:1+b:2,c:3+d:4",
                "shards.strategy=ranges");
        assertRefused(
                "command line: shards.ranges = ..9,10..: shards.ranges must be empty, or shards.strategy must be ranges"
                        + " (shards.strategy = ring, default.conf)",
                EXTERNAL,
                "external.shards=a:1+b:2,c:3+d:4",
                "shards.ranges=..9,10..");
    }

    private static HostPort server(String host, int port) {
        return new HostPort(host, port);
    }
}
