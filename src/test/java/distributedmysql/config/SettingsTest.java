package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.experiment.AllSettings;
import distributedmysql.experiment.failover.FailoverSettings;
import distributedmysql.experiment.performance.PerformanceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    static final Path PROJECT = Path.of("");

    static List<String> profiles() throws IOException {
        try (Stream<Path> files = Files.list(PROJECT.resolve("simulations-config"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString().replace(".conf", ""))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void everyProfileOfTheProjectIsValid(String profile) {
        Settings settings = load("profile=" + profile);

        assertThat(settings.profile()).isEqualTo(profile);
        boolean external = List.of("external", "look", "staging").contains(profile);
        assertThat(settings.topology()).isEqualTo(external ? TopologyKind.EXTERNAL : TopologyKind.EMBEDDED);
    }

    @Test
    void theProfilesAreThere() throws IOException {
        assertThat(profiles()).contains("default", "quick", "nightly", "external", "look", "staging");
    }

    @Test
    void withoutAProfileItIsTheDefault() {
        assertThat(load().profile()).isEqualTo("default");
    }

    @Test
    void aProfileChangesWhatItNamesAndKeepsTheRest() {
        Settings quick = load("profile=quick");

        assertThat(quick.data().scale()).isEqualTo(0.25);
        assertThat(quick.data().seed()).isEqualTo(load().data().seed());
        assertThat(quick.of(PerformanceSettings.class).select().rates()).containsExactly(200);
    }

    @Test
    @DisplayName("A group has its own mode, and time for its failovers, whatever is wanted of other servers")
    void group() {
        String[] group = {"embedded.replication=group", "embedded.replicas=2", "failover.after=2s"};
        FailoverSettings failover = load(group).of(FailoverSettings.class);

        assertThat(failover.modes()).containsExactly(ReplicationMode.GROUP);
        assertThat(failover.after()).hasSeconds(15);
        assertThat(load("failover.after=2s").of(FailoverSettings.class).after()).hasSeconds(2);
    }

    @Test
    void theLimitOfLostWritesMayBeLeftOpen() {
        assertThat(load().of(FailoverSettings.class).maxLost()).isEmpty();
        assertThat(load("failover.max-lost=0").of(FailoverSettings.class).maxLost())
                .hasValue(0);
    }

    @Test
    void theCommandLineOverridesTheProfile() {
        Settings settings = load(
                "profile=quick",
                "data.scale=0.5",
                "data.seed=-7",
                "load.engine=gatling-jdbc",
                "performance.mixed.steady=1500ms",
                "performance.max-throughput.objective.p95=1s",
                "embedded.buffer-pool-size=64MiB",
                "embedded.basedir=/opt/mysql",
                "connection.server-prepared-statements=false",
                "report.directory=out");

        assertThat(settings.data().scale()).isEqualTo(0.5);
        assertThat(settings.data().seed()).isEqualTo(-7);
        assertThat(settings.load().engine()).isEqualTo(LoadSettings.Engine.GATLING_JDBC);
        assertThat(settings.of(PerformanceSettings.class).mixed().phases().steady())
                .isEqualTo(Duration.ofMillis(1500));
        assertThat(settings.of(PerformanceSettings.class).maxThroughput().p95()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.embedded().bufferPoolBytes()).isEqualTo(64L << 20);
        assertThat(settings.embedded().basedir()).isEqualTo(Optional.of(Path.of("/opt/mysql")));
        assertThat(settings.connection().serverPreparedStatements()).isFalse();
        assertThat(settings.reportDirectory()).isEqualTo(Path.of("out"));
    }

    @Test
    void theCommandLineWritesListsWithCommas() {
        Settings settings = load(
                "performance.select.rates=1, 2,4",
                "performance.max-throughput.concurrency=8",
                "external.replicas=db1:3306,[::1]:3307");

        assertThat(settings.of(PerformanceSettings.class).select().rates()).containsExactly(1, 2, 4);
        assertThat(settings.of(PerformanceSettings.class).maxThroughput().concurrency())
                .containsExactly(8);
        assertThat(settings.external().sets().get(0).replicas())
                .containsExactly(new HostPort("db1", 3306), new HostPort("[::1]", 3307));
    }

    @Test
    void onlyServersThatAreAlreadyThereCanBeReadOnly() {
        assertThat(load("topology=external").readOnly()).isFalse();
        assertThat(load("topology=external", "external.read-only=true").readOnly())
                .isTrue();
        assertThat(load("external.read-only=true").readOnly()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    @DisplayName("A first look is read-only and asks for little, whatever else the user's own file allows")
    void look(int replicas) {
        Settings look = load("profile=external,look", replicas(replicas), "external.compare-databases=shop");

        assertThat(look.readOnly()).isTrue();
        assertThat(look.external().allowFaults()).isFalse();
        assertThat(look.external().sendLoad()).isFalse();
        assertThat(look.requestsPerSecond()).containsExactly(Map.entry("consistency", 10 + 140L * replicas));
        assertThat(look.external().sets().get(0).primary()).isEqualTo(new HostPort("db1.example.com", 3306));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    @DisplayName("Staging stays below the ceilings of external.conf, and kills only if the user's own file allows it")
    void staging(int replicas) {
        Settings staging = load("profile=external,staging", replicas(replicas));

        assertThat(staging.readOnly()).isFalse();
        assertThat(staging.external().allowFaults()).isFalse();
        assertThat(staging.requestsPerSecond().values()).allMatch(rate -> rate <= 500);
        assertThat(load(
                                "profile=external,staging",
                                replicas(replicas),
                                "external.allow-faults=true",
                                "external.hooks.kill=k",
                                "external.hooks.start=s",
                                "external.max-rate=1000")
                        .external()
                        .allowFaults())
                .isTrue();
    }

    private static String replicas(int replicas) {
        return "external.replicas="
                + IntStream.range(0, replicas).mapToObj(i -> "r" + i + ":3306").collect(Collectors.joining(","));
    }

    @Test
    void theDatabasesToCompareMayBeNone() {
        assertThat(load().external().compareDatabases()).isEmpty();
        assertThat(load("external.read-only=true", "external.compare-databases=")
                        .external()
                        .compareDatabases())
                .isEmpty();
        assertThat(load("external.read-only=true", "external.compare-databases=shop, order-log")
                        .external()
                        .compareDatabases())
                .containsExactly("shop", "order-log");
    }

    @Test
    void everyValueOfTheRunIsKeptForTheReport() {
        Settings settings = load("data.scale=0.5");

        assertThat(settings.effective())
                .containsEntry("data.scale", "0.5")
                .containsEntry("data.batch-size", 1000)
                .containsEntry("external.password-env", "MYSQL_PASSWORD");
    }

    @Test
    void propertiesThatAreNotOursAreLeftAlone() {
        assertThat(load("user.home=/x", "file.encoding=UTF-8", "gatling.simulationClass=X", "topologies.x=1x")
                        .profile())
                .isEqualTo("default");
    }

    /** With the files that they include. */
    static void copyProfiles(Path directory) throws IOException {
        Path original = PROJECT.resolve("simulations-config");
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = directory.resolve(original.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    static Settings load(String... commandLine) {
        return load(PROJECT, commandLine);
    }

    static Settings load(Path project, String... commandLine) {
        Properties properties = new Properties();
        for (String property : commandLine) {
            int equals = property.indexOf('=');
            properties.setProperty(property.substring(0, equals), property.substring(equals + 1));
        }
        return AllSettings.load(project, properties, AllSettings.KEYS);
    }
}
