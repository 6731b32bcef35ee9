package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import distributedmysql.experiment.AllSettings;
import distributedmysql.experiment.consistency.ConsistencySettings;
import distributedmysql.experiment.failover.FailoverSettings;
import distributedmysql.experiment.performance.PerformanceSettings;
import distributedmysql.experiment.soak.SoakSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that is made to fit, and one that cannot be. */
class TimeBudgetTest {
    private static final Set<String> ALL = AllSettings.KEYS;

    @Test
    @DisplayName("What a profile takes is the sum of its settings, and a little for what lies between")
    void planned() {
        Settings settings = load(ALL, "profile=nightly", "time-budget=");

        // 5 rates of 11 min, the mix of 31 min, 10 points of 75 s, 30 min of probes, 6 h 1 min of soak, 8 steps of 35
        // s,
        // 3 modes of 20 failovers of 1 min.
        Duration sum = Duration.ofMinutes(55 + 31 + 30 + 361 + 60).plusSeconds(750 + 280 + 5);
        assertThat(PlannedTime.of(settings)).isBetween(sum, sum.plusMinutes(5));
    }

    @Test
    @DisplayName("Nightly in 5 hours: it fits, nearly fills them, and no verdict lacks what it needs")
    void nightly() {
        Settings settings = load(ALL, "profile=nightly");

        assertThat(PlannedTime.of(settings)).isBetween(Duration.ofMinutes(297), Duration.ofHours(5));
        SoakSettings soak = settings.of(SoakSettings.class);
        FailoverSettings failover = settings.of(FailoverSettings.class);
        assertThat(soak.duration()).isEqualTo(Duration.ofHours(4));
        assertThat(soak.leaks().minDuration()).isEqualTo(Duration.ofHours(3));
        assertThat(failover.rounds()).isBetween(1, 10);
        assertThat(settings.of(ConsistencySettings.class).readAfterWrite().rounds())
                .isBetween(1_900, 1_999);
        assertThat(settings.of(PerformanceSettings.class).select().phases().steady())
                .isBetween(Duration.ofSeconds(30), Duration.ofMinutes(5));
        // Not time: as it was.
        assertThat(settings.of(PerformanceSettings.class).select().rates()).containsExactly(200, 400, 800, 1600, 3200);
        assertThat(failover.before()).hasSeconds(30);
    }

    @ParameterizedTest
    @MethodSource("experiments")
    @DisplayName("The parts of a simulation have its budget to themselves")
    void parts(String part) {
        String fewer = "consistency.read-after-write.min-samples=1000";
        Duration whole = PlannedTime.of(load(Set.of(part), "profile=nightly", fewer, "time-budget="));
        Duration budget = Duration.ofMinutes(whole.toMinutes() * 95 / 100);

        Settings settings = load(Set.of(part), "profile=nightly", fewer, "time-budget=" + budget.toMinutes() + "m");

        assertThat(PlannedTime.of(settings)).isBetween(budget.multipliedBy(97).dividedBy(100), budget);
    }

    @ParameterizedTest
    @MethodSource("experiments")
    @DisplayName("Each simulation of the nightly job ends within the job's time")
    void job(String part) {
        assertThat(PlannedTime.of(load(Set.of(part), "profile=nightly"))).isLessThanOrEqualTo(Duration.ofHours(5));
    }

    @Test
    @DisplayName("Durations keep their proportion, and the probes their rate")
    void proportion() {
        Settings before = load(
                ALL,
                "profile=nightly",
                "soak.leaks.required=false",
                "consistency.read-after-write.min-samples=100",
                "time-budget=");
        Settings after = load(
                ALL,
                "profile=nightly",
                "soak.leaks.required=false",
                "consistency.read-after-write.min-samples=100",
                "time-budget=3h");

        double factor = ratio(
                before.of(SoakSettings.class).duration(),
                after.of(SoakSettings.class).duration());
        assertThat(factor).isBetween(0.2, 0.4);
        assertThat(ratio(
                        before.of(ConsistencySettings.class).duration(),
                        after.of(ConsistencySettings.class).duration()))
                .isCloseTo(factor, within(0.01));
        assertThat(ratio(
                        before.of(PerformanceSettings.class).mixed().phases().steady(),
                        after.of(PerformanceSettings.class).mixed().phases().steady()))
                .isCloseTo(factor, within(0.01));
        assertThat(ratio(
                        before.of(PerformanceSettings.class).select().phases().ramp(),
                        after.of(PerformanceSettings.class).select().phases().ramp()))
                .isCloseTo(factor, within(0.02));
        assertThat(after.of(FailoverSettings.class).rounds()).isEqualTo((int) (20 * factor));
        assertThat(after.of(ConsistencySettings.class).visibility().rounds()
                        / (double)
                                after.of(ConsistencySettings.class).duration().toSeconds())
                .isCloseTo(5_000 / 1_800.0, within(0.01));
        assertThat(after.of(ConsistencySettings.class).sessions().cycles()
                        / (double)
                                after.of(ConsistencySettings.class).duration().toSeconds())
                .isCloseTo(2_000 / 1_800.0, within(0.01));
    }

    @Test
    @DisplayName("The report has what was lowered, and by what")
    void origins() {
        Map<String, ChangedSetting> changed =
                load(Set.of("soak", "connections", "failover"), "failover.rounds=0", "time-budget=95s")
                        .changed()
                        .stream()
                        .collect(Collectors.toMap(ChangedSetting::key, setting -> setting));

        assertThat(changed.get("time-budget").origin()).isEqualTo("command line");
        assertThat(changed.get("soak.duration").origin()).isEqualTo("time-budget = 95s, command line");
        assertThat(changed.get("soak.duration").value().toString()).matches("[45]\\ds");
    }

    @ParameterizedTest
    @CsvSource({"nightly, 24h", "nightly, 10h", "default, 1h", "quick, 5m", "default, ''"})
    void whatFitsAnywayStaysAsItIs(String profile, String budget) {
        Map<String, Object> without =
                load(ALL, "profile=" + profile, "time-budget=").effective();
        Map<String, Object> with = new TreeMap<>(
                load(ALL, "profile=" + profile, "time-budget=" + budget).effective());

        assertThat(with.put("time-budget", "")).isEqualTo(budget);
        assertThat(with).isEqualTo(without);
    }

    @Test
    @DisplayName("What cannot fit is refused, with the least and what takes most of it")
    void tooLittle() {
        assertThatThrownBy(() -> load(ALL, "profile=nightly", "time-budget=1h"))
                .isInstanceOf(SettingsException.class)
                .hasMessageMatching("command line: time-budget = 1h: does not fit: the least is 4h 3\\dm"
                        + " \\(soak.duration 4h: 4h 0m, consistency.duration 1710s: 28m 30s,"
                        + " failover.rounds 1: 3m 3s, .*\\), without a budget it takes 9h 1\\dm");
        assertThatThrownBy(() -> load(ALL, "time-budget=1m"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("command line: time-budget = 1m: does not fit: the least is ");
    }

    @Test
    void theLeastItselfFits() {
        for (int minutes = 230; minutes < 300; minutes++) {
            try {
                Settings settings = load(ALL, "profile=nightly", "time-budget=" + minutes + "m");
                assertThat(minutes).isGreaterThan(240);
                assertThat(PlannedTime.of(settings)).isLessThanOrEqualTo(Duration.ofMinutes(minutes));
                return;
            } catch (SettingsException e) {
                assertThat(e).hasMessageContaining("does not fit");
            }
        }
        throw new AssertionError("never fits");
    }

    @Test
    void aSimulationThatDoesNotSayWhatItPlaysHasNoBudget() {
        assertThatThrownBy(() -> load(Set.of(), "time-budget=1h"))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "command line: time-budget = 1h: this simulation does not say what it plays, so how long it"
                                + " takes is not known (in its constructor: super(...), with those of Experiments that it plays); -Dtime-budget= is no budget");
    }

    @ParameterizedTest
    @CsvSource({"5", "30s", "-1h", "25h", "five hours", "20GiB"})
    void whatIsNoDurationIsRefused(String budget) {
        assertThatThrownBy(() -> load(ALL, "time-budget=" + budget))
                .isInstanceOf(SettingsException.class)
                .hasMessage("command line: time-budget = " + budget
                        + ": must be empty, or a duration with its unit, from 60s to 24h");
    }

    @Test
    @DisplayName("Servers of others fail over in one mode, if at all, and a read-only run only watches and compares")
    void external() {
        Set<String> stability = Set.of("soak", "connections", "failover");
        Duration never = PlannedTime.of(load(stability, "topology=external"));
        Duration once = PlannedTime.of(load(
                stability,
                "topology=external",
                "external.allow-faults=true",
                "external.hooks.kill=k",
                "external.hooks.start=s"));
        assertThat(once.minus(never)).isEqualTo(Duration.ofSeconds(3 + 5 + 1 + 2 * 3));
        assertThat(PlannedTime.of(load(ALL, "profile=look"))).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(60));
    }

    @Test
    @DisplayName("What the profiles and the documentation say that they take")
    void stated() {
        String[] failover = {
            "profile=staging", "external.allow-faults=true", "external.hooks.kill=k", "external.hooks.start=s"
        };
        assertThat(PlannedTime.of(load(ALL, failover))).isBetween(Duration.ofSeconds(330), Duration.ofSeconds(390));
        assertThat(PlannedTime.of(load(ALL, "profile=look"))).isLessThan(Duration.ofMinutes(1));
        assertThat(PlannedTime.of(load(ALL))).isLessThan(Duration.ofMinutes(5));
        assertThat(PlannedTime.of(load(ALL, "profile=quick"))).isBetween(Duration.ofSeconds(60), Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @CsvSource({"0.9, 10s", "0.3, 7s", "0.1, 9s", "0.7, 30s", "0.6, 20s"})
    @DisplayName("Whatever the share of the warm-up, the shortest soak is long enough to judge leaks")
    void leastSoak(double share, String minDuration) {
        Set<String> stability = Set.of("soak", "connections", "failover");
        String[] settings = {
            "soak.leaks.warm-up-share=" + share,
            "soak.leaks.min-duration=" + minDuration,
            "soak.duration=10m",
            "failover.rounds=0",
            "soak.drift.required=false"
        };
        List<String> with = new ArrayList<>(List.of(settings));
        with.add("time-budget=160s");

        assertThat(load(stability, with.toArray(String[]::new))
                        .of(SoakSettings.class)
                        .duration())
                .isLessThan(Duration.ofSeconds(120));
    }

    private static double ratio(Duration before, Duration after) {
        return (double) after.toMillis() / before.toMillis();
    }

    private static Settings load(Set<String> parts, String... commandLine) {
        Properties properties = new Properties();
        for (String property : List.of(commandLine)) {
            int equals = property.indexOf('=');
            properties.setProperty(property.substring(0, equals), property.substring(equals + 1));
        }
        return AllSettings.load(properties, parts);
    }

    static Set<String> experiments() {
        return AllSettings.KEYS;
    }
}
