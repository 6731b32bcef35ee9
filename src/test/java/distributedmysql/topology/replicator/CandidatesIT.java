package distributedmysql.topology.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.ErrantGtids;
import distributedmysql.monitor.ErrantTransactions;
import distributedmysql.mysql.GtidSets;
import distributedmysql.topology.MultiSource;
import distributedmysql.topology.OtherSources;
import distributedmysql.topology.Replication;
import distributedmysql.topology.TestSql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A replica with several sources, as a candidate for promotion. */
class CandidatesIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void whatCameByTheChannelFromThePrimaryCountsAndWhatCameByOthersIsNotErrant() throws Exception {
        try (MultiSource servers = new MultiSource()) {
            servers.follow("b_main", "a_other");
            TestSql.execute(servers.other(), "INSERT INTO elsewhere.t VALUES (1)");
            Replication.awaitGtid(servers.replica(), GtidSets.executed(servers.other()), DEADLINE);
            TestSql.execute(servers.replica(), "STOP REPLICA SQL_THREAD FOR CHANNEL 'b_main'");
            TestSql.execute(servers.primary(), "CREATE DATABASE received_only");
            String primarys = GtidSets.executed(servers.primary());

            Awaitility.await().atMost(DEADLINE).untilAsserted(() -> {
                String has = candidates(servers).set(servers.replica());
                assertThat(GtidSets.subtract(servers.primary(), primarys, has)).isEmpty();
            });
            Candidates.Choice choice = candidates(servers).choose(servers.primary(), primarys, DEADLINE);
            assertThat(choice.best()).isEqualTo(servers.replica());
            assertThat(choice.errant()).isEmpty();
            ErrantTransactions errant = new ErrantTransactions(servers.asReplicaSet());
            errant.lookBefore();
            errant.look();
            assertThat(errant.found()).hasSize(1).noneMatch(ErrantGtids::found);
            assertThat(errant.found().get(0).problem()).isEmpty();

            TestSql.execute(
                    servers.replica(),
                    "START REPLICA SQL_THREAD FOR CHANNEL 'b_main'",
                    "SET GLOBAL super_read_only = OFF",
                    "CREATE DATABASE errant",
                    "SET GLOBAL super_read_only = ON");
            assertThat(candidates(servers)
                            .choose(servers.primary(), primarys, DEADLINE)
                            .errant())
                    .isEqualTo(Map.of(servers.replica(), servers.replica().serverUuid() + ":1"));
            errant.look();
            assertThat(errant.found().get(0).duringRun())
                    .contains(servers.replica().serverUuid() + ":1");
            assertThat(OtherSources.gtids(
                            servers.replica(), servers.asReplicaSet().nodes()))
                    .isEqualTo(OtherSources.madeBy(servers.other()));
            servers.awaitAll();
        }
    }

    private static Candidates candidates(MultiSource servers) {
        return Candidates.asTheyAre(servers.primary(), List.of(servers.replica()), FailoverOptions.defaults());
    }
}
