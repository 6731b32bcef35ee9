package distributedmysql.experiment.consistency;

import distributedmysql.config.Demand;
import distributedmysql.config.Demand.Item;
import distributedmysql.config.Durations;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.PlannedTime.Amount;
import distributedmysql.config.PlannedTime.Rounds;
import distributedmysql.config.ServerConnections;
import distributedmysql.config.Settings;
import distributedmysql.experiment.consistency.ConsistencySettings.ReadAfterWrite;
import distributedmysql.experiment.consistency.ConsistencySettings.Sessions;
import distributedmysql.history.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long the probes take, and what they and what is sampled meanwhile ask of the servers. */
final class ConsistencyDemands {
    private static final Duration LEAST = Duration.ofSeconds(8);

    private static final int SESSION_WRITES = 2;
    private static final int SESSION_READS = 4;

    /** Ways of measuring the replication lag. */
    private static final int LAG_WAYS = 3;
    /** Positions of a replica that stands still are halved: 2,048 of them at most, and the newest first. */
    private static final int READ_ONLY_LAG_READS = 12;

    /** Position, threads, and what a replica will never get. */
    private static final int THROTTLE = 3;

    private final ConsistencySettings consistency;
    private final Settings settings;
    private final int replicas;

    ConsistencyDemands(ConsistencySettings consistency, Settings settings, int replicas) {
        this.consistency = consistency;
        this.settings = settings;
        this.replicas = replicas;
    }

    /** With fewer rounds than samples that are wanted, the verdicts would be UNKNOWN; the probes' rate stays as it is. */
    static PlannedTime time(ConsistencySettings consistency, Settings settings) {
        ReadAfterWrite after = consistency.readAfterWrite();
        double share = settings.readOnly() ? 0 : (double) after.minSamples() / after.rounds();
        Duration judged =
                Duration.ofMillis(Math.round(Math.ceil(consistency.duration().toSeconds() * share) * 1_000));
        Duration least = judged.compareTo(LEAST) > 0 ? judged : LEAST;
        Amount duration = Amount.duration("consistency.duration", consistency.duration(), least, 1)
                .with(List.of(
                        new Rounds("consistency.read-after-write.rounds", after.rounds(), after.minSamples()),
                        new Rounds(
                                "consistency.visibility.rounds",
                                consistency.visibility().rounds(),
                                1),
                        new Rounds(
                                "consistency.sessions.cycles",
                                consistency.sessions().cycles(),
                                2)));
        return new PlannedTime(
                PlannedTime.MARGIN.plus(PlannedTime.BETWEEN).plus(ConsistencySettings.JUDGING), List.of(duration));
    }

    Demand requests() {
        return settings.readOnly()
                ? new Demand("consistency", "consistency.lag.sample-interval", lag(READ_ONLY_LAG_READS))
                : new Demand("consistency", "consistency.load-rate", probes());
    }

    private List<Item> probes() {
        ReadAfterWrite after = consistency.readAfterWrite();
        int strategies = Strategy.values().length;
        double seconds = Durations.seconds(consistency.duration());
        double roundsOfOne = after.rounds() * after.delays().size() / seconds;
        double rounds = roundsOfOne * (1 + (strategies - 1) * replicas);
        double watched = consistency.visibility().rounds() * replicas / seconds;
        Sessions sessions = consistency.sessions();
        double cycles = 2.0 * sessions.pairs() * sessions.cycles() / seconds;

        List<Item> items = new ArrayList<>();
        items.add(Item.mixed("consistency.load-rate", consistency.loadRate()));
        items.add(new Item("consistency.read-after-write: writes", rounds));
        items.add(new Item("reads", rounds));
        items.add(new Item("waits for GTIDs", roundsOfOne * replicas));
        items.add(new Item("consistency.visibility: writes", watched));
        items.add(new Item("consistency.sessions: writes", cycles * strategies * SESSION_WRITES));
        items.add(new Item("reads", cycles * strategies * SESSION_READS));
        items.add(new Item("waits for GTIDs", cycles * SESSION_READS));
        items.addAll(lag(1));
        return items;
    }

    /** @param probes statements of one sample of the probe */
    private List<Item> lag(int probes) {
        ConsistencySettings.Lag lag = consistency.lag();
        return List.of(
                new Item("consistency.lag.beat-interval", settings.shards() / Durations.seconds(lag.beatInterval())),
                new Item(
                        "consistency.lag.sample-interval",
                        (double) settings.shards()
                                * replicas
                                * (LAG_WAYS - 1 + probes)
                                / Durations.seconds(lag.sampleInterval())));
    }

    /**
     * On a replica each way of measuring the lag; on the primary, the comparison for each replica, and its throttle.
     */
    Demand connections() {
        boolean throttled = !consistency.tables().throttle().isOff();
        int nodes = Math.max(LAG_WAYS, 1 + replicas + (throttled ? THROTTLE : 0));
        Item lag = new Item("lag, or comparison of tables", nodes);
        // What is asked of one particular replica does not go through an endpoint.
        return ServerConnections.ways(settings) == 1
                ? ServerConnections.pooled(settings, "consistency", lag)
                : ServerConnections.pooled(
                        settings,
                        "consistency",
                        new Item(
                                "beside external.endpoints",
                                settings.connection().poolSize()),
                        lag);
    }
}
