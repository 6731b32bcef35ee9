package distributedmysql.experiment.sharding.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.experiment.sharding.transfers.TransfersSection.KilledAt;
import distributedmysql.experiment.sharding.transfers.TransfersSection.WayReport;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.Shards;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Both ways on two real shards with a replica each, with 50 kills. */
@OwnServers(shards = 2)
class TransfersIT {
    private static final int KILLS = 50;

    private static final Map<Way, TransferTurn> TURNS = new ConcurrentHashMap<>();
    private static Shards shards;

    @BeforeAll
    static void play(Deployment servers) throws InterruptedException {
        shards = servers.shards();
        PlayedTransfers.makeDatabases(shards);
        for (Way way : Way.values()) {
            TransferTurn turn = PlayedTransfers.turn(way, shards, 2_000, 600, KILLS);
            TURNS.put(way, turn);
            turn.prepare();
            PlayedTransfers.play(turn);
            turn.recover();
            turn.read();
        }
        new TransfersSection(2_000, 8, List.of(report(Way.UNPROTECTED), report(Way.XA)))
                .console(part -> "")
                .forEach(System.out::println);
    }

    private static WayReport report(Way way) {
        return TURNS.get(way).report().orElseThrow();
    }

    @Test
    void unprotected() {
        WayReport report = report(Way.UNPROTECTED);
        CheckResult result = TURNS.get(Way.UNPROTECTED).check();
        assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.VALID);
        System.out.println(result.evidence());
        assertThat(report.killed()).containsExactly(new KilledAt("between the two commits", KILLS));
    }

    @Test
    void xa() {
        WayReport report = report(Way.XA);
        CheckResult result = TURNS.get(Way.XA).check();
        System.out.println(result.evidence());
        assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.VALID);
        assertThat(report.sumAfter()).isEqualTo(report.sumBefore());
        assertThat(report.recovery()).isNotNull();
    }
}
