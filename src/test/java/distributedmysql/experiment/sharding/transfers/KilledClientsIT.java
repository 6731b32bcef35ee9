package distributedmysql.experiment.sharding.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.experiment.sharding.transfers.TransfersSection.WayReport;
import distributedmysql.fault.JavaProcess;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.PassedShards;
import distributedmysql.topology.Shards;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients whose process is killed (SIGKILL): 50 of each way in the middle of a transfer, at its points, and some wherever they are. */
@Tag("nightly")
@OwnServers(shards = 2)
class KilledClientsIT {
    private static final int PROCESSES = 10;
    private static final int KILLED = PROCESSES * TransfersProcess.CLIENTS;

    private static Shards shards;

    @BeforeAll
    static void makeDatabases(Deployment servers) {
        shards = servers.shards();
        PlayedTransfers.makeDatabases(shards);
    }

    /** @param report of its recovery */
    private record Played(WayRecord record, WayReport report) {}

    @Test
    @DisplayName(
            "Without protection exactly the amounts that were between the two commits are lost, each by its number")
    void unprotected() throws InterruptedException {
        WayRecord record = play(Way.UNPROTECTED).record;

        assertValid(record);
        List<Ended> halves = new Findings(record).halfDone();
        assertThat(record.killed(KillPoint.BETWEEN_COMMITS)).isEqualTo(KILLED);
        assertThat(halves)
                .containsAll(record.ended().stream()
                        .filter(ended -> ended.killedAt(KillPoint.BETWEEN_COMMITS))
                        .toList())
                .allMatch(ended -> ended.ending() == TransferEnding.KILLED || ended.ending() == TransferEnding.UNKNOWN);
        assertThat(record.sumBefore() - record.sumAfter())
                .isEqualTo(halves.stream()
                        .mapToLong(ended -> ended.transfer().amount())
                        .sum());
    }

    @Test
    @DisplayName("With XA the sum is conserved once recovery has committed what was decided and rolled back the rest")
    void xa() throws InterruptedException {
        Played played = play(Way.XA);

        WayRecord record = played.record;
        assertValid(record);
        assertThat(record.killed(KillPoint.BEFORE_DECISION)).isEqualTo(KILLED / 2);
        assertThat(record.killed(KillPoint.BETWEEN_COMMITS)).isEqualTo(KILLED / 2);
        assertThat(record.sumAfter()).isEqualTo(record.sumBefore());
        // Some of the process that was killed wherever it was may be among them.
        assertThat(played.report.recovery().committed()).isBetween(KILLED / 2, KILLED / 2 + TransfersProcess.CLIENTS);
        assertThat(played.report.recovery().rolledBack()).isBetween(KILLED / 2, KILLED / 2 + TransfersProcess.CLIENTS);
    }

    private static void assertValid(WayRecord record) {
        CheckResult result = TransfersChecks.check(record);
        System.out.println(result.name() + ": " + result.evidence());
        assertThat(result.verdict()).as(result.evidence()).isEqualTo(Verdict.VALID);
        assertThat(record.count(TransferEnding.ACKNOWLEDGED)).isGreaterThan(KILLED);
    }

    private static Played play(Way way) throws InterruptedException {
        int numbers = (PROCESSES + 1) * TransfersProcess.NUMBERS;
        TransferPlan plan = PlayedTransfers.plan(shards.map(), TransfersProcess.PER_SHARD, numbers, 2);
        try (TransferTurn turn = PlayedTransfers.turn(way, shards, TransfersProcess.PER_SHARD, numbers, 2)) {
            turn.prepare();
            List<Ended> ended = new ArrayList<>();
            for (int process = 0; process < PROCESSES; process++) {
                List<KillPoint> points = way.killPoints();
                ended.addAll(play(way, plan, process, Optional.of(points.get(process % points.size()))));
            }
            ended.addAll(play(way, plan, PROCESSES, Optional.empty()));
            turn.recover();
            turn.read();
            return new Played(with(turn.known(), ended), turn.report().orElseThrow());
        }
    }

    private static WayRecord with(WayRecord known, List<Ended> ended) {
        return new WayRecord(
                known.way(),
                known.accounts(),
                known.startBalance(),
                known.sumBefore(),
                ended,
                known.contents(),
                known.problem());
    }

    private static List<Ended> play(Way way, TransferPlan plan, int process, Optional<KillPoint> point)
            throws InterruptedException {
        String first = Integer.toString(1 + process * TransfersProcess.NUMBERS);
        String[] arguments = {way.name(), first, point.map(KillPoint::name).orElse("")};
        try (JavaProcess clients =
                JavaProcess.start(TransfersProcess.class, PassedShards.environment(shards), arguments)) {
            if (point.isPresent()) {
                clients.awaitLines(TransfersProcess::isAtPoint, TransfersProcess.CLIENTS);
            } else {
                clients.awaitLines(TransfersProcess::isEnd, 2 * TransfersProcess.CLIENTS);
            }
            clients.kill();
            return TransfersProcess.ended(clients.lines(), plan);
        }
    }
}
