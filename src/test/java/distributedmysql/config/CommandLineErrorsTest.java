package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.experiment.failover.FailoverSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused on the command line, and that the message names it, its value and what is allowed. */
class CommandLineErrorsTest extends RefusedSettings {
    private static final String RATES = "a list of at least one whole number from 1 to 1000000, such as 1,2,4";

    private static final String MODES = "a list of at least one of after-commit, after-sync, async, each at most once";

    private static final String STEADY = "a duration with its unit, from 1s to 24h";

    private static final String AGE = "empty, or a duration with its unit, from 24h to 87600h";

    private static final String KEPT = "empty, or a size with its unit, from 1MiB to 1048576MiB, such as 20GiB";

    private static final String BUFFER = "a size with its unit, from 16MiB to 1048576MiB";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "performance.mixed.rate|-5|a whole number from 10 to 1000000",
                "performance.mixed.rate|1.5|a whole number from 10 to 1000000",
                "performance.mixed.rate|many|a whole number from 10 to 1000000",
                "performance.mixed.steady|10|" + STEADY,
                "performance.mixed.steady|10x|" + STEADY,
                "performance.mixed.steady|-10s|" + STEADY,
                "performance.mixed.steady|25h|" + STEADY,
                "performance.mixed.steady|0.5s|" + STEADY,
                "performance.jvm-warm-up|-1s|a duration with its unit, from 0ms to 1h",
                "performance.jvm-warm-up|5|a duration with its unit, from 0ms to 1h",
                "load.max-error-percent|101|a number from 0 to 100",
                "load.engine|plugin|one of gatling-jdbc, routed",
                "performance.select.rates|-5|" + RATES + "; \"-5\" is not",
                "performance.select.rates|1,,4|" + RATES + "; \"\" is not",
                "performance.select.rates|1,2,|" + RATES + "; \"\" is not",
                "performance.select.rates|1,x,4|" + RATES + "; \"x\" is not",
                "performance.select.rates|[1,x,4]|" + RATES + "; \"x\" is not",
                "performance.select.rates|[1,]|" + RATES + "; \"\" is not",
                "performance.select.rates|[]|" + RATES,
                "performance.select.rates|[1,2|" + RATES + "; \"[1\" is not",
                "data.scale|0|a number from 0.001 to 10000",
                "data.scale|NaN|a number from 0.001 to 10000",
                "data.seed|1.5|a whole number of at most 64 bits",
                "data.seed|99999999999999999999|a whole number of at most 64 bits",
                "data.database|mysql|a name of 1 to 64 letters, digits and _ that is not a system schema",
                "data.database|a-b|a name of 1 to 64 letters, digits and _ that is not a system schema",
                "topology|exernal|one of docker, embedded, external",
                "embedded.buffer-pool-size|134217728|" + BUFFER,
                "embedded.buffer-pool-size|64XB|" + BUFFER,
                "embedded.buffer-pool-size|1MiB|" + BUFFER,
                "connection.server-prepared-statements|maybe|true or false",
                "failover.rounds|-1|a whole number from 0 to 1000",
                "failover.modes|semi-sync|" + MODES + "; \"semi-sync\" is not",
                "failover.modes|async,async|" + MODES,
                "failover.modes|group|" + MODES + "; \"group\" is not",
                "embedded.replication|galera|one of after-commit, after-sync, async, group",
                "embedded.router|nginx|one of haproxy, none",
                "docker.router|mysql|one of haproxy, none",
                "external.endpoints.reader|proxy|empty, or host:port, with a port from 1 to 65535",
                "router.limit|0s|a duration with its unit, from 1s to 60s",
                "embedded.replicas|9|a whole number from 1 to 8",
                "failover.max-lost|none|empty, or a whole number from 0 to 2147483647",
                "external.primary|db1|host:port, with a port from 1 to 65535",
                "external.primary|db1:0|host:port, with a port from 1 to 65535",
                "external.primary|db1/x?y=z:3306|host:port, with a port from 1 to 65535",
                "docker.image|MySQL 8|an image's name, such as mysql:8.4",
                "docker.replicas|9|a whole number from 1 to 8",
                "docker.replication|galera|one of after-commit, after-sync, async, group",
                "external.max-rate|0|a whole number from 1 to 1000000",
                "external.keep-data|maybe|true or false",
                "external.read-only|maybe|true or false",
                "report.keep.age|30|" + AGE,
                "report.keep.age|12h|" + AGE,
                "report.keep.age|20GiB|" + AGE,
                "report.keep.age|4000d|" + AGE,
                "report.keep.size|30d|" + KEPT,
                "report.keep.size|20|" + KEPT,
                "report.keep.size|1KiB|" + KEPT,
                "report.keep.size|-1GiB|" + KEPT,
                "external.send-load|maybe|true or false",
                "external.compare-databases|mysql|a list of databases that are not system schemas, each at most once;"
                        + " \"mysql\" is not",
                "external.compare-databases|shop,,x|a list of databases that are not system schemas, each at most once;"
                        + " \"\" is not",
                "external.replicas|db1:1,db2|a list of at least one host:port, such as db1:3306,db2:3306;"
                        + " \"db2\" is not",
            })
    void aBadValueIsNamedWithWhatIsAllowed(String key, String value, String allowed) {
        assertRefused("command line: " + key + " = " + value + ": must be " + allowed, key + "=" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"async,after-sync", "[async,after-sync]", " [ async , \"after-sync\" ] "})
    void aListAsInAFileToo(String list) {
        assertThat(SettingsTest.load("failover.modes=" + list)
                        .of(FailoverSettings.class)
                        .modes())
                .containsExactly(ReplicationMode.ASYNC, ReplicationMode.AFTER_SYNC);
    }

    @ParameterizedTest
    @CsvSource({
        "performance.select.ratess, performance.select.rates",
        "performanc.select.rates, performance.select.rates",
        "preformance.new.key, performance.new.key",
        "dat.scale, data.scale",
        "Data.scale, data.scale",
        "data.scal, data.scale",
        "profil, profile",
        "topologie, topology",
        "sharding.reshard.rounds, sharding.resharding.rounds",
        "sharding.reshard.round, sharding.resharding.rounds",
        "sharding.reshard.colour, sharding.resharding.…",
        "sharding.reshard, sharding.resharding.…",
        "sharding.resharing.hook.reshard, sharding.resharding.hooks.reshard",
        "performance.max.concurrency, performance.max-throughput.concurrency",
        "consistency.read-after.colour, consistency.read-after-write.…",
    })
    void aMisspeltKeyIsNamedWithTheOneProbablyMeant(String typed, String meant) {
        assertRefused(
                "command line: unknown key " + typed + "; did you mean " + meant
                        + "? (all keys are in default.conf and the files that it includes)",
                typed + "=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data.colour", "sharding.transfers.speed", "sharding.colour.rounds"})
    void anUnknownKeyThatIsNearNoneIsRefused(String key) {
        assertRefused(
                "command line: unknown key " + key + " (all keys are in default.conf and the files that it includes)",
                key + "=red");
    }

    @Test
    void aFormerKeyOfTheShardsIsNamedWithTodaysName() {
        assertRefused(
                "command line: sharding.shards = 3: its name is sharding.computed-shards now", "sharding.shards=3");
    }

    @ParameterizedTest
    @CsvSource({"nosuch", "../quick", "Quick"})
    void anUnknownProfileIsNamedWithTheKnownOnes(String profile) {
        assertThatThrownBy(() -> SettingsTest.load("profile=" + profile))
                .isInstanceOf(SettingsException.class)
                .hasMessageMatching(
                        "command line: profile = .*: unknown profile .*; (did you mean quick\\? )?must be one of"
                                + " .*default.*nightly.*quick.* \\(the files in simulations-config\\), or several .*");
    }

    @ParameterizedTest
    @CsvSource({
        "stability.soak.duration, soak.duration",
        "stability.leaks.limits.client-heap, soak.leaks.limits.client-heap",
        "stability.connections.steps, connections.steps",
        "stability.failover, failover",
        "performance.engine, load.engine",
        "performance.max-error-percent, load.max-error-percent",
    })
    void aKeyThatHadAnotherNameIsRefusedWithTheNewOne(String former, String now) {
        assertRefused("command line: " + former + " = 1: its name is " + now + " now", former + "=1");
    }

    @Test
    void mysqlRouterIsRefusedWithTheReason() {
        assertRefused(
                "command line: embedded.router = mysql-router: is not there yet, because MySQL Router finds the primary by"
                        + " metadata that only MySQL Shell makes, and with fixed routes it knows only whether a server is"
                        + " reachable, not its role; must be one of haproxy, none",
                "embedded.router=mysql-router");
    }

    @Test
    void whatWasBelowEmbeddedIsRefusedWithItsPlaceNow() {
        assertRefused(
                "command line: embedded.haproxy = /opt/haproxy: its name is router.haproxy now",
                "embedded.haproxy=/opt/haproxy");
        assertRefused(
                "command line: embedded.router-limit = 9s: its name is router.limit now", "embedded.router-limit=9s");
    }

    @Test
    void anEndpointForWritesAndReadsIsRefused() {
        assertRefused(
                "command line: external.endpoints.reader = proxy:6033: writer and reader are one endpoint, so it cannot be"
                        + " told which servers it should lead to; leave one of them empty"
                        + " (external.endpoints.writer = proxy:6033, command line)",
                "external.endpoints.writer=proxy:6033",
                "external.endpoints.reader=proxy:6033");
    }

    @Test
    void endpointsBeforeThePluginAreRefused() {
        assertRefused(
                "command line: external.endpoints.writer = proxy:6446: load.engine = gatling-jdbc sends to the servers"
                        + " directly, and does not know which of them answered behind a router: load.engine must be routed"
                        + " (load.engine = gatling-jdbc, command line)",
                "topology=external",
                "external.endpoints.writer=proxy:6446",
                "load.engine=gatling-jdbc");
        assertRefused(
                "command line: embedded.router = haproxy: load.engine = gatling-jdbc sends to the servers directly, and does"
                        + " not know which of them answered behind a router: load.engine must be routed"
                        + " (load.engine = gatling-jdbc, command line)",
                "embedded.router=haproxy",
                "load.engine=gatling-jdbc");
    }

    @Test
    void aValueInPlaceOfASectionIsRefused() {
        assertRefused(
                "command line: performance.select = 5: must be a section, with performance.select.rates in it",
                "performance.select=5");
        assertRefused("command line: data = 5: must be a section, with data.database in it", "data=5");
    }

    @Test
    void aSectionInPlaceOfAValueIsRefused() {
        assertRefused("command line: data.seed = {x=1}: must be a whole number of at most 64 bits", "data.seed.x=1");
    }

    @Test
    void aKeyThatIsNoPathIsRefused() {
        assertThatThrownBy(() -> SettingsTest.load("data..seed=1"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("command line: ")
                .hasMessageContaining("data..seed");
    }

    @Test
    void ageAndSizeOfWhatIsKeptAreTwoSettings() {
        assertRefused(
                "command line: report.keep = 30d, 20GiB: must be a section, with report.keep.age in it",
                "report.keep=30d, 20GiB");
        assertThat(SettingsTest.load().keep().everything()).isTrue();
        assertThat(SettingsTest.load("report.keep.age=30d", "report.keep.size=20GiB")
                        .keep())
                .isEqualTo(new KeepSettings(Optional.of(Duration.ofDays(30)), OptionalLong.of(20L << 30)));
    }

    @Test
    void withoutTheProjectsDirectoryTheMessageSaysWhereItLooked(@TempDir Path elsewhere) {
        assertThatThrownBy(() -> SettingsTest.load(elsewhere))
                .isInstanceOf(SettingsException.class)
                .hasMessage(elsewhere.resolve("simulations-config/default.conf")
                        + ": not found; run from the project's directory");
    }
}
