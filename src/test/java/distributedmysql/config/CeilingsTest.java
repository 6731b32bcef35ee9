package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import distributedmysql.config.Demand.Item;
import distributedmysql.experiment.AllSettings;
import distributedmysql.experiment.consistency.ConsistencySettings.Visibility;
import distributedmysql.load.data.GameStatements;
import distributedmysql.load.data.SqlOperation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CeilingsTest {
    private static final String[] FAULTS = {
        "external.allow-faults=true", "external.hooks.kill=x", "external.hooks.start=y"
    };

    private static final String ONE = "performance.max-throughput.concurrency=1";

    @Test
    void everyPartOfTheDefaultProfileIsSummedUp() {
        Map<String, Demand> demands = requests(1);

        assertThat(demands.keySet())
                .containsExactlyInAnyOrder("performance.select.rates", "performance.mixed", "consistency", "soak");
        assertThat(demands.get("performance.select.rates").sum()).isEqualTo(800);
        // Each of ten requests is one statement, but for half a transaction of six.
        assertThat(demands.get("performance.mixed").sum()).isEqualTo(250);
        // 90 rounds of 11 delays in 30 s: for the primary, and for the replica under three strategies.
        assertItems(
                demands.get("consistency"),
                125,
                132,
                132,
                33,
                200 / 30.0,
                // 2 pairs for each of 4 strategies: 16 sessions of 40 cycles in 30 s.
                16 * 40 / 30.0 * 2,
                16 * 40 / 30.0 * 4,
                4 * 40 / 30.0 * 4,
                40,
                3 * 20);
        assertItems(demands.get("soak"), 125, 2 * 2);
    }

    @Test
    void eachReplicaAddsItsOwn() {
        assertItems(
                requests(3).get("consistency"),
                125,
                330,
                330,
                99,
                20,
                16 * 40 / 30.0 * 2,
                16 * 40 / 30.0 * 4,
                4 * 40 / 30.0 * 4,
                40,
                180);
        assertItems(requests(3).get("soak"), 125, 8);
    }

    @Test
    @DisplayName("Of several shards one is probed; the lag is measured, and resources are read, on all servers")
    void eachShardAddsItsOwn() {
        Map<String, Demand> one = requests(1);
        Map<String, Demand> two = requests(1, "topology=external", "external.shards=a:1+b:1,c:1+d:1");
        assertThat(two.get("soak").sum()).isEqualTo(one.get("soak").sum() + 4);
        assertThat(two.get("consistency").sum())
                .isEqualTo(one.get("consistency").sum() + 40 + 60);
    }

    @Test
    void aFailoverSendsNumberedWritesAndReads() {
        assertItems(requests(1, FAULTS).get("failover"), 100, 50);
        assertThat(requests(1, with(FAULTS, "failover.rounds=0"))).doesNotContainKey("failover");
    }

    @Test
    void aReadOnlyRunSendsReadingsOfTheLagOnly() {
        Map<String, Demand> demands = requests(2, "topology=external", "external.read-only=true");

        assertThat(demands.keySet()).containsExactlyInAnyOrder("performance.select.rates", "consistency");
        assertItems(demands.get("consistency"), 40, 2 * 14 * 20);
    }

    @Test
    void aRoundOfVisibilityReadsLessOftenTheLongerItTakes() {
        Visibility visibility = new Visibility(1, Duration.ofMillis(1), Duration.ofSeconds(10));

        assertThat(visibility.pause(Duration.ZERO)).isEqualTo(Duration.ofMillis(1));
        assertThat(visibility.pause(Duration.ofMillis(32))).isEqualTo(Duration.ofMillis(1));
        assertThat(visibility.pause(Duration.ofMillis(64))).isEqualTo(Duration.ofMillis(2));
    }

    @Test
    void theConnectionsOfEveryPartAreSummedUp() {
        Map<String, Demand> demands = connections(2);

        assertItems(demands.get("performance"), 500, 1, 3);
        assertItems(demands.get("consistency"), 500, 6, 3);
        assertItems(demands.get("soak"), 500, 1, 3);
        // The pool of 500 is 20 of 25, each of which keeps one open.
        assertItems(demands.get("connections"), 500, 20, 3);
        assertItems(connections(4).get("consistency"), 500, 8, 3);
        // Without the lock.
        assertItems(
                connections(2, "topology=external", "external.read-only=true").get("performance"), 500, 1, 2);
        assertItems(connections(1, FAULTS).get("failover"), 16, 20, 2, 3);
        assertItems(connections(1, with(FAULTS, "connection.pool-size=9", ONE)).get("failover"), 9, 9, 2, 3);
        assertItems(
                connections(1, "connection.pool-size=10", ONE, "load.engine=gatling-jdbc")
                        .get("performance"),
                10,
                20,
                1,
                3);
    }

    @Test
    void theExampleForServersOfOthersAndTheDefaultsForTheirsStayBelow() {
        Settings external = SettingsTest.load("profile=external");

        Demand most = DeclaredRequests.all(external, 2).stream()
                .reduce((one, other) -> one.sum() > other.sum() ? one : other)
                .orElseThrow();
        assertThat(most.part()).isEqualTo("performance.select.rates");
        assertThat(most.sum()).isEqualTo(400);
        assertThat(connections(external, 2)).extracting(Demand::sum).containsExactly(44L, 49L, 44L, 48L);
        for (String profile : List.of("default", "quick", "nightly")) {
            assertThat(SettingsTest.load("profile=" + profile, "topology=external")
                            .profile())
                    .isEqualTo(profile);
        }
    }

    @Test
    void whatIsAboveIsRefusedWithWhatAddsUpToIt() {
        assertRefused(
                "command line: performance.select.rates = 10,301: performance.select.rates asks for up to 301 requests"
                        + " per second, at most external.max-rate = 300 is allowed",
                "external.max-rate=300",
                "performance.select.rates=10,301");
        assertRefused(
                "command line: external.max-rate = 799: performance.select.rates asks for up to 800 requests per second, at most"
                        + " external.max-rate = 799 is allowed (performance.select.rates = [200, 400, 800], ",
                "external.max-rate=799");
        assertThat(SettingsTest.load("topology=external", "external.max-rate=800")
                        .topology())
                .isEqualTo(TopologyKind.EXTERNAL);
        assertRefused(
                "command line: consistency.load-rate = 3600: consistency asks for up to 5053 requests per second"
                        + " (consistency.load-rate (statements each: 1.25) 4500, consistency.read-after-write: writes 132,"
                        + " reads 132, waits for GTIDs 33, consistency.visibility: writes 6.7, consistency.sessions: writes"
                        + " 42.7, reads 85.3, waits for GTIDs 21.3, consistency.lag.beat-interval 40,"
                        + " consistency.lag.sample-interval 60), at most external.max-rate = 5000 is allowed",
                "consistency.load-rate=3600");
        assertRefused("command line: soak.rate = 3998: soak asks for up to 5002 requests per second", "soak.rate=3998");
        assertRefused(
                "command line: failover.write-rate = 4001: failover asks for up to 5001 requests per"
                        + " second (failover.write-rate 4001, failover.read-rate 1000)",
                with(FAULTS, "failover.write-rate=4001", "failover.read-rate=1000"));
        assertRefused(
                "command line: connection.pool-size = 595: consistency asks for up to 603 connections to one server"
                        + " (connection.pool-size 595, lag, or comparison of tables 5, administration 3), at most"
                        + " external.max-connections = 600 is allowed",
                "connection.pool-size=595");
        assertRefused(
                ": connection.pool-size = 500: consistency asks for up to 1008 connections to one server"
                        + " (connection.pool-size 500, beside external.endpoints 500, lag, or comparison of tables 5,"
                        + " administration 3), at most external.max-connections = 600 is allowed",
                "external.endpoints.reader=proxy:6447");
        assertRefused(
                "command line: connections.steps = 10,578: connections asks for up to 601", "connections.steps=10,578");
    }

    @Test
    @DisplayName("What fits so closely that requests will wait is said before, with its numbers and the key to lower")
    void warnings() {
        assertThat(SettingsTest.load("profile=external").rateWarnings()).isEmpty();
        assertThat(SettingsTest.load("profile=external", "external.max-rate=400")
                        .rateWarnings())
                .containsExactly(
                        "performance.select.rates asks for up to 400 requests per second; of external.max-rate = 400, at most"
                                + " 380 can be used where an answer takes 50 ms: requests will wait, and what waits too"
                                + " long fails; raise external.max-rate or lower performance.select.rates");
        assertThat(SettingsTest.load("external.max-rate=800", "soak.rate=620").rateWarnings())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("soak asks for up to 779 requests per second (soak.rate (statements each:"
                        + " 1.25) 775, soak.leaks.sample-interval 4); of external.max-rate = 800, at most 761")
                .endsWith("lower soak.rate");
    }

    @ParameterizedTest
    @MethodSource("experiments")
    @DisplayName("What is not played is neither announced nor refused")
    void playedOnly(String part) {
        Properties properties = new Properties();
        List.of(with(FAULTS, "topology=external"))
                .forEach(setting -> properties.setProperty(setting.split("=")[0], setting.split("=")[1]));
        Settings settings = AllSettings.load(properties, Set.of(part));

        assertThat(settings.requestsPerSecond().keySet()).allMatch(name -> name.startsWith(part));
        assertThat(settings.killsExternalServers()).isEqualTo(part.equals("failover"));
        properties.setProperty("external.max-rate", "1");
        if (part.equals("connections")) {
            // A closed load: it has no rate of its own.
            assertThat(settings.requestsPerSecond()).isEmpty();
            return;
        }
        assertThatThrownBy(() -> AllSettings.load(properties, Set.of(part)))
                .hasMessageStartingWith("command line: external.max-rate = 1: " + part);
    }

    @Test
    void theStatementsOfTheMixedLoadAreThoseOfItsOperations() {
        double statements = new GameStatements("d")
                .mixed().stream()
                        .mapToDouble(share -> share.percent() / 100.0 * statements(share.operation()))
                        .sum();
        assertThat(Demand.MIXED_STATEMENTS).isEqualTo(statements, within(1e-9));
    }

    /** Of a transaction, {@code SET autocommit} before and after it, and {@code COMMIT}. */
    private static int statements(SqlOperation operation) {
        return operation.statements().size() + (operation.isTransaction() ? 3 : 0);
    }

    @Test
    void serversOfOurOwnHaveNoCeiling() {
        assertThat(SettingsTest.load("external.max-rate=1").topology()).isEqualTo(TopologyKind.EMBEDDED);
    }

    private static Map<String, Demand> requests(int replicas, String... overrides) {
        return byPart(DeclaredRequests.all(SettingsTest.load(overrides), replicas));
    }

    private static Map<String, Demand> connections(int replicas, String... overrides) {
        return byPart(connections(SettingsTest.load(overrides), replicas));
    }

    private static List<Demand> connections(Settings settings, int replicas) {
        return settings.ofPlayed().stream()
                .flatMap(experiment -> experiment.connections(settings, replicas).stream())
                .toList();
    }

    private static Map<String, Demand> byPart(List<Demand> demands) {
        return demands.stream().collect(Collectors.toMap(Demand::part, demand -> demand));
    }

    private static void assertItems(Demand demand, double... numbers) {
        assertThat(demand.items().stream().mapToDouble(Item::number).toArray())
                .as(demand.toString())
                .containsExactly(numbers, within(1e-9));
    }

    private static String[] with(String[] some, String... more) {
        return Stream.of(some, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private static void assertRefused(String message, String... overrides) {
        assertThatThrownBy(() -> SettingsTest.load(with(overrides, "topology=external")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message);
    }

    static Set<String> experiments() {
        return AllSettings.KEYS;
    }
}
