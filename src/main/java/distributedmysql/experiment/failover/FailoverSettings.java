package distributedmysql.experiment.failover;

import distributedmysql.config.Demand;
import distributedmysql.config.Demand.Item;
import distributedmysql.config.ExperimentSettings;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.PlannedTime.Amount;
import distributedmysql.config.ReplicationMode;
import distributedmysql.config.ServerConnections;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import distributedmysql.config.TopologyKind;
import distributedmysql.ledger.LedgerPlan;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Kills of the primary under load.
 *
 * @param rounds kills in each mode; 0 for none at all
 * @param writeRate numbered writes per second to the primary (open model)
 * @param readRate reads per second of the replicas (open model)
 * @param before how long they arrive before the kill
 * @param after how long they arrive after it
 * @param poolTimeout how long a request waits for a connection, and connecting may take
 * @param semiSyncTimeout how long a commit waits for a replica before the primary goes on without
 * @param probeInterval between two probes of the primary
 * @param probeTimeout how long a probe waits for an answer
 * @param failuresUntilDead so many probes in a row must fail
 * @param deadline for detection, for promotion, and for each server to replicate again
 * @param maxLost how many acknowledged writes asynchronous replication may lose in all rounds; empty: only measured
 */
public record FailoverSettings(
        int rounds,
        List<ReplicationMode> modes,
        int writeRate,
        int readRate,
        Duration before,
        Duration after,
        Duration poolTimeout,
        Duration semiSyncTimeout,
        Duration probeInterval,
        Duration probeTimeout,
        int failuresUntilDead,
        Duration deadline,
        OptionalInt maxLost)
        implements ExperimentSettings {

    /** Before and after the failovers of a mode: to change the mode, to rebuild a server, to read all rows. */
    static final Duration AROUND = Duration.ofSeconds(3);

    static FailoverSettings read(SettingsReader reader) {
        String failover = "failover.";
        Duration second = Duration.ofSeconds(1);
        // HikariCP's least connection timeout is 250 ms.
        Duration least = Duration.ofMillis(250);
        Duration after = reader.duration(failover + "after", second, Settings.HOUR);
        Duration inGroup = reader.duration(failover + "after-in-group", second, Settings.HOUR);
        return new FailoverSettings(
                reader.integer(failover + "rounds", 0, 1_000),
                modes(reader),
                reader.integer(failover + "write-rate", 10, 100_000),
                reader.integer(failover + "read-rate", 10, 100_000),
                reader.duration(failover + "before", second, Settings.HOUR),
                isGroup(reader) ? inGroup : after,
                reader.duration(failover + "pool-timeout", least, Settings.HOUR),
                reader.duration(failover + "semi-sync-timeout", Settings.MILLI, Settings.DAY),
                reader.duration(failover + "detection.probe-interval", Settings.MILLI, Settings.HOUR),
                reader.duration(failover + "detection.probe-timeout", Settings.MILLI, Settings.HOUR),
                reader.integer(failover + "detection.failures", 1, 1_000),
                reader.duration(failover + "deadline", second, Settings.HOUR),
                reader.optionalInteger(failover + "max-lost", 0, Integer.MAX_VALUE));
    }

    private static List<ReplicationMode> modes(SettingsReader reader) {
        // Into which servers can be switched; in a group, they are as long as they run.
        Set<ReplicationMode> switched = EnumSet.complementOf(EnumSet.of(ReplicationMode.GROUP));
        List<ReplicationMode> modes = reader.manyOf("failover.modes", switched, ReplicationMode::label);
        return isGroup(reader) ? List.of(ReplicationMode.GROUP) : modes;
    }

    private static boolean isGroup(SettingsReader reader) {
        return ReplicationMode.isGroup(reader, reader.oneOf("topology", TopologyKind.class, TopologyKind::label));
    }

    /** About how long a failover and the load before and after it take. */
    Duration round() {
        return before.plus(after).plus(PlannedTime.BETWEEN);
    }

    @Override
    public PlannedTime time(Settings settings) {
        boolean external = settings.topology() == TopologyKind.EXTERNAL;
        if (rounds == 0 || external && !settings.external().allowFaults()) {
            return PlannedTime.NOTHING;
        }
        int each = external ? 1 : modes.size();
        return new PlannedTime(
                AROUND.multipliedBy(2L * each),
                List.of(Amount.rounds("failover.rounds", rounds, round().multipliedBy(each))));
    }

    @Override
    public boolean killsServers() {
        return rounds > 0;
    }

    @Override
    public List<Demand> requests(Settings settings, int replicas) {
        if (isNotPlayed(settings)) {
            return List.of();
        }
        return List.of(new Demand(
                "failover",
                "failover.write-rate",
                List.of(new Item("failover.write-rate", writeRate), new Item("failover.read-rate", readRate))));
    }

    @Override
    public List<Demand> connections(Settings settings, int replicas) {
        if (isNotPlayed(settings)) {
            return List.of();
        }
        // Where no replica is left, a reader may lead to the primary too.
        int pool = ServerConnections.ways(settings)
                * Math.min(LedgerPlan.POOL_SIZE, settings.connection().poolSize());
        return List.of(new Demand(
                "failover",
                "connection.pool-size",
                List.of(
                        new Item("numbered writes and reads", pool),
                        ServerConnections.idle(settings),
                        new Item("probes", 2),
                        ServerConnections.administration(settings))));
    }

    /** On servers that are not ours. */
    private boolean isNotPlayed(Settings settings) {
        return rounds == 0 || !settings.external().allowFaults();
    }
}
