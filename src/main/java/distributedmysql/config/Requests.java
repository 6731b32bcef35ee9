package distributedmysql.config;

import distributedmysql.config.ConsistencySettings.ReadAfterWrite;
import distributedmysql.config.ConsistencySettings.Sessions;
import distributedmysql.config.Demand.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How many requests per second each part of a run must send, because they arrive at a rate of their own. Not counted: what
 * can wait for its turn (closed loads, reads until a write is visible, loading the data, the comparison of tables), and
 * administration.
 */
final class Requests {
    /**
     * Statements of one request of the mixed load: one in 20 is a transaction of three, with a {@code COMMIT} and two
     * {@code SET}.
     */
    static final double MIXED_STATEMENTS = 1.25;

    /** Strategies of the probes: {@code replica}, {@code sticky}, {@code gtid-wait} and {@code primary}. */
    private static final int STRATEGIES = 4;

    private static final int SESSION_WRITES = 2;
    private static final int SESSION_READS = 4;

    /** Ways of measuring the replication lag. */
    private static final int LAG_WAYS = 3;
    /** Positions of a replica that stands still are halved: 2,048 of them at most, and the newest first. */
    private static final int READ_ONLY_LAG_READS = 12;

    private static final int RESOURCE_READS = 2;

    private final Settings settings;
    private final int replicas;

    Requests(Settings settings, int replicas) {
        this.settings = settings;
        this.replicas = replicas;
    }

    List<Demand> demands() {
        List<Demand> demands = new ArrayList<>();
        PerformanceSettings performance = settings.performance();
        if (!settings.readOnly() || settings.external().sendLoad()) {
            demands.add(one(
                    "performance.select.rates",
                    Collections.max(performance.select().rates())));
        }
        if (settings.readOnly()) {
            demands.add(new Demand("consistency", "consistency.lag.sample-interval", lag(READ_ONLY_LAG_READS)));
            return demands;
        }
        demands.add(new Demand(
                "performance.mixed",
                "performance.mixed.rate",
                List.of(mixed("performance.mixed.rate", performance.mixed().rate()))));
        demands.add(consistency());
        demands.add(soak());
        if (settings.external().allowFaults() && settings.stability().failover().rounds() > 0) {
            demands.add(failover());
        }
        return demands;
    }

    private static Demand one(String key, int rate) {
        return new Demand(key, key, List.of(new Item(key, rate)));
    }

    private static Item mixed(String key, int rate) {
        return new Item(key + " (statements each: " + MIXED_STATEMENTS + ")", rate * MIXED_STATEMENTS);
    }

    private Demand consistency() {
        ConsistencySettings consistency = settings.consistency();
        ReadAfterWrite after = consistency.readAfterWrite();
        double seconds = seconds(consistency.duration());
        double roundsOfOne = after.rounds() * after.delays().size() / seconds;
        double rounds = roundsOfOne * (1 + (STRATEGIES - 1) * replicas);
        double watched = consistency.visibility().rounds() * replicas / seconds;
        Sessions sessions = consistency.sessions();
        double cycles = 2.0 * sessions.pairs() * sessions.cycles() / seconds;

        List<Item> items = new ArrayList<>();
        items.add(mixed("consistency.load-rate", consistency.loadRate()));
        items.add(new Item("consistency.read-after-write: writes", rounds));
        items.add(new Item("reads", rounds));
        items.add(new Item("waits for GTIDs", roundsOfOne * replicas));
        items.add(new Item("consistency.visibility: writes", watched));
        items.add(new Item("consistency.sessions: writes", cycles * STRATEGIES * SESSION_WRITES));
        items.add(new Item("reads", cycles * STRATEGIES * SESSION_READS));
        items.add(new Item("waits for GTIDs", cycles * SESSION_READS));
        items.addAll(lag(1));
        return new Demand("consistency", "consistency.load-rate", items);
    }

    /** @param probes statements of one sample of the probe */
    private List<Item> lag(int probes) {
        ConsistencySettings.Lag lag = settings.consistency().lag();
        return List.of(
                new Item("consistency.lag.beat-interval", 1 / seconds(lag.beatInterval())),
                new Item(
                        "consistency.lag.sample-interval",
                        replicas * (LAG_WAYS - 1 + probes) / seconds(lag.sampleInterval())));
    }

    private Demand soak() {
        StabilitySettings stability = settings.stability();
        double samples =
                RESOURCE_READS * (1 + replicas) / seconds(stability.leaks().sampleInterval());
        return new Demand(
                "soak",
                "soak.rate",
                List.of(mixed("soak.rate", stability.soak().rate()), new Item("soak.leaks.sample-interval", samples)));
    }

    private Demand failover() {
        FailoverSettings failover = settings.stability().failover();
        return new Demand(
                "failover",
                "failover.write-rate",
                List.of(
                        new Item("failover.write-rate", failover.writeRate()),
                        new Item("failover.read-rate", failover.readRate())));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
