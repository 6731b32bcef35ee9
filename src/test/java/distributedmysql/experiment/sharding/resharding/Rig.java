package distributedmysql.experiment.sharding.resharding;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.ConnectionSettings;
import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.history.EventLog;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays rounds on the servers of a test. */
final class Rig implements AutoCloseable {
    static final String DATABASE = TestServers.settings().data().database();
    static final ReshardedTable TABLE = new ReshardedTable(MarkedDatabase.quoted(DATABASE));
    /** A busy machine is slow. */
    static final Duration DEADLINE = Duration.ofMinutes(2);

    private static final int CLIENTS = 32;

    final Deployment servers;
    final EventLog events = new EventLog();
    final List<String> said = new ArrayList<>();
    private final ConnectionPools pools;

    Rig(Deployment servers) {
        this.servers = servers;
        servers.shards().all().forEach(set -> new MarkedDatabase(set, DATABASE).prepare());
        this.pools = new ConnectionPools(
                servers.shards(),
                DATABASE,
                new ConnectionSettings(
                        CLIENTS,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(10),
                        false,
                        ConnectionSettings.SslMode.PREFERRED,
                        Optional.empty(),
                        "NONE"),
                null);
    }

    static ReshardingSettings settings(int rows, Strategy... strategies) {
        return new ReshardingSettings(
                strategies.length,
                List.of(strategies),
                150,
                1,
                rows,
                300,
                CLIENTS,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                new Pacing(1_000, 0, 20),
                DEADLINE,
                "",
                List.of(Kill.NONE));
    }

    Resharder own(Pacing pacing) {
        return new OwnResharder(pacing, DEADLINE, said::add);
    }

    RoundPlay play(ReshardingSettings settings, Resharder resharder) {
        return new RoundPlay(servers.shards(), TABLE, settings, pools, events.clock(), round -> resharder, said::add);
    }

    ConnectionPools pools() {
        return pools;
    }

    Node primary(int shard) {
        return servers.shards().all().get(shard).primary();
    }

    void execute(int shard, String sql) {
        Mysql.execute(primary(shard), sql);
    }

    /** All checks, after these rounds. */
    static List<CheckResult> checks(RoundPlay play, List<PlayedRound> played) {
        return new Judged(play.ledger(), played, "").all();
    }

    static void assertValid(RoundPlay play, List<PlayedRound> played) {
        for (CheckResult check : checks(play, played)) {
            assertThat(check.verdict())
                    .as("%s: %s", check.name(), check.evidence())
                    .isEqualTo(Verdict.VALID);
        }
    }

    /** As if nothing had been done. */
    static void assertRolledBack(RoundPlay play, PlayedRound played) {
        assertThat(played.round().held().version()).isEqualTo(1);
        assertThat(Placement.of(played.round()).moved().isEmpty()).isTrue();
        for (CheckResult check : checks(play, List.of(played))) {
            // Nothing moved, and no write was sent by an old map: there is none.
            boolean without = check.name().equals(ReshardingChecks.MOVED_NAME)
                    || check.name().equals(ReshardingChecks.TOLD_NAME);
            assertThat(check.verdict()).as(check.evidence()).isEqualTo(without ? Verdict.UNKNOWN : Verdict.VALID);
        }
    }

    static CheckResult check(List<CheckResult> checks, String name) {
        return checks.stream()
                .filter(each -> each.name().startsWith(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        pools.close();
    }
}
