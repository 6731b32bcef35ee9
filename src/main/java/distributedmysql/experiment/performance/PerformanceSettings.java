package distributedmysql.experiment.performance;

import distributedmysql.config.Demand;
import distributedmysql.config.Demand.Item;
import distributedmysql.config.ExperimentSettings;
import distributedmysql.config.Phases;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.PlannedTime.Amount;
import distributedmysql.config.Plural;
import distributedmysql.config.ServerConnections;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The performance stages.
 *
 * @param jvmWarmUp how long a small load, which is no stage, runs before the first stage
 */
public record PerformanceSettings(Duration jvmWarmUp, Select select, Mixed mixed, MaxThroughput maxThroughput)
        implements ExperimentSettings {
    /** Opening the connections of the closed stages. */
    static final Duration OPENING = Duration.ofSeconds(2);

    private static final String SELECT = "performance.select";
    private static final String MIXED = "performance.mixed";
    private static final String MAX = "performance.max-throughput";

    /** Open model; one stage per rate, in requests per second. */
    public record Select(List<Integer> rates, Phases phases) {}

    /** Open model; the rate is in requests per second. */
    public record Mixed(int rate, Phases phases) {}

    /**
     * Closed model; one step per level of concurrency.
     *
     * @param p95 the objective: the 95th percentile of the latency must not be above
     * @param errorPercent the objective: the share of failed requests must not be above
     */
    public record MaxThroughput(List<Integer> concurrency, Phases phases, Duration p95, double errorPercent) {}

    static PerformanceSettings read(SettingsReader reader) {
        return new PerformanceSettings(
                reader.duration("performance.jvm-warm-up", Duration.ZERO, Settings.HOUR),
                new Select(reader.integers(SELECT + ".rates", 1, 1_000_000), Phases.read(reader, SELECT)),
                new Mixed(reader.integer(MIXED + ".rate", 10, 1_000_000), Phases.read(reader, MIXED)),
                new MaxThroughput(
                        reader.integers(MAX + ".concurrency", 1, 10_000),
                        Phases.withoutRamp(reader, MAX),
                        reader.duration(MAX + ".objective.p95", Settings.MILLI, Settings.HOUR),
                        reader.number(MAX + ".objective.error-percent", 0, 100)));
    }

    @Override
    public void refuseImpossible(Settings settings, SettingsReader reader) {
        int most = Collections.max(maxThroughput.concurrency);
        int poolSize = settings.connection().poolSize();
        if (most > poolSize) {
            throw reader.refusedTogether(
                    Plural.of(most, "connection") + " at once (" + MAX + ".concurrency) do not fit"
                            + " connection.pool-size = " + poolSize,
                    MAX + ".concurrency",
                    "connection.pool-size");
        }
    }

    @Override
    public PlannedTime time(Settings settings) {
        if (settings.readOnly()) {
            // Whether there is data for a load is not known before the servers are asked.
            return PlannedTime.NOTHING;
        }
        int rates = select.rates.size();
        int points = maxThroughput.concurrency.size();
        List<Amount> amounts = new ArrayList<>();
        amounts.addAll(stages(SELECT, select.phases, rates));
        amounts.addAll(stages(MIXED, mixed.phases, 1));
        amounts.addAll(stages(MAX, maxThroughput.phases, points));
        Duration warmUp = jvmWarmUp.isZero() ? Duration.ZERO : jvmWarmUp.plus(PlannedTime.BETWEEN);
        Duration open = PlannedTime.MARGIN.plus(PlannedTime.BETWEEN).multipliedBy(rates + 1L);
        Duration closed = OPENING.plus(PlannedTime.BETWEEN.multipliedBy(points));
        return new PlannedTime(warmUp.plus(open).plus(closed), amounts);
    }

    private static List<Amount> stages(String section, Phases phases, int times) {
        Duration second = Duration.ofSeconds(1);
        return List.of(
                Amount.duration(section + ".warm-up", phases.warmUp(), second, times),
                Amount.duration(section + ".ramp", phases.ramp(), second, times),
                Amount.duration(section + ".steady", phases.steady(), Duration.ofSeconds(2), times));
    }

    @Override
    public List<Demand> requests(Settings settings, int replicas) {
        List<Demand> demands = new ArrayList<>();
        if (settings.sendsLoad()) {
            demands.add(Demand.one(SELECT + ".rates", Collections.max(select.rates)));
        }
        if (!settings.readOnly()) {
            String rate = MIXED + ".rate";
            demands.add(new Demand(MIXED, rate, List.of(Item.mixed(rate, mixed.rate))));
        }
        return demands;
    }

    @Override
    public List<Demand> connections(Settings settings, int replicas) {
        return List.of(ServerConnections.pooled(settings, "performance", new Item("counting statements", 1)));
    }

    @Override
    public List<String> waiting(Settings settings) {
        return settings.sendsLoad() ? List.of("the reads of " + MAX) : List.of();
    }
}
