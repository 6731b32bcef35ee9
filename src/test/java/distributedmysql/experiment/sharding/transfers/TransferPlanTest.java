package distributedmysql.experiment.sharding.transfers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.SettingsException;
import distributedmysql.experiment.AllSettings;
import distributedmysql.load.SqlFailure;
import distributedmysql.shard.Modulo;
import distributedmysql.shard.ShardMap;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TransferPlanTest {
    private static final ShardMap THREE = new ShardMap(1, new Modulo(3));

    private final TransferPlan plan = new TransferPlan(TransferPlan.accounts(1_000, THREE), 1_000, 50, 7);

    @Test
    @DisplayName(
            "Every transfer is from one shard to another one, all pairs of shards occur, and a number always means the same")
    void transfers() {
        List<String> pairs = IntStream.rangeClosed(1, 1_000)
                .mapToObj(plan::transfer)
                .peek(transfer -> {
                    assertThat(THREE.shardOf(transfer.from().id()))
                            .isEqualTo(transfer.from().shard())
                            .isNotEqualTo(transfer.to().shard());
                    assertThat(transfer).isEqualTo(plan.transfer(transfer.number()));
                    assertThat(transfer.debit().amount())
                            .isEqualTo(-transfer.credit().amount());
                })
                .map(transfer ->
                        transfer.from().shard() + " to " + transfer.to().shard())
                .distinct()
                .toList();
        assertThat(pairs).hasSize(6);
    }

    @Test
    @DisplayName(
            "Clients are killed in the last two fifths, evenly, in turn at each point, and exactly as often as planned")
    void kills() {
        PlannedKills kills = new PlannedKills(plan, Way.XA);
        List<Integer> killed = new ArrayList<>();
        List<KillPoint> points = new ArrayList<>();
        for (int number = 1; number <= 1_000; number++) {
            for (KillPoint point : KillPoint.values()) {
                if (kills.due(plan.transfer(number), point)) {
                    killed.add(number);
                    points.add(point);
                }
            }
        }
        assertThat(killed).hasSize(50).startsWith(601, 609, 617).endsWith(993);
        assertThat(points).containsOnly(KillPoint.values());
        assertThat(points.stream().filter(point -> point == KillPoint.BEFORE_DECISION))
                .hasSize(25);
        assertThat(kills.left()).isFalse();
        assertThat(IntStream.rangeClosed(1, 1_000).filter(plan::isMeasured).summaryStatistics())
                .satisfies(measured -> {
                    assertThat(measured.getMin()).isEqualTo(201);
                    assertThat(measured.getMax()).isEqualTo(600);
                    assertThat(measured.getCount()).isEqualTo(400);
                });
    }

    @Test
    @DisplayName("A name of a branch is read back by its own database only; what others have prepared is none of ours")
    void xids() {
        Xid xid = new Xid("game", 4711, 1);
        String[] parts = xid.sql().split(",");
        String global = parts[0].substring(2, parts[0].length() - 1);
        String data = "0x" + global + parts[1].substring(2, parts[1].length() - 1);
        int length = global.length() / 2;

        assertThat(Xid.parse("game", Xid.FORMAT, length, data)).contains(xid);
        assertThat(Xid.parse("game2", Xid.FORMAT, length, data)).isEmpty();
        assertThat(Xid.parse("game", 1, length, data)).isEmpty();
        assertThat(Xid.parse("game", Xid.FORMAT, length - 1, data)).isEmpty();
        assertThat(Xid.parse("game", Xid.FORMAT, 3, "0x" + HexFormat.of().formatHex(new byte[] {1, 0, 9})))
                .isEmpty();
        assertThat(length).isLessThanOrEqualTo(64);
    }

    @Test
    void endings() {
        assertThat(TransferEnding.undone(failure("41000", 1205))).isEqualTo(TransferEnding.ROLLED_BACK);
        assertThat(TransferEnding.undone(failure("40001", 1213))).isEqualTo(TransferEnding.ROLLED_BACK);
        assertThat(TransferEnding.undone(failure("HY000", 1290))).isEqualTo(TransferEnding.FAILED);
        assertThat(TransferEnding.undone(failure("08S01", 0)))
                .as("nothing was committed yet")
                .isEqualTo(TransferEnding.FAILED);
        assertThat(TransferEnding.decided(failure("08S01", 0))).isEqualTo(TransferEnding.UNKNOWN);
        assertThat(TransferEnding.decided(failure("23000", 1062))).isEqualTo(TransferEnding.FAILED);
    }

    private static SqlFailure failure(String state, int code) {
        return SqlFailure.whileExecuting(new SQLException("planted", state, code));
    }

    @Test
    void settingsThatDoNotGoTogether() {
        assertRefused(
                "sharding.transfers.transfers must be at least 10 times sharding.transfers.kills, so that may be at most 60",
                "kills=61");
        assertRefused(
                "the accounts from 1 to sharding.transfers.accounts must not all belong to one shard", "accounts=2");
    }

    private static void assertRefused(String message, String setting) {
        Properties properties = new Properties();
        properties.put("profile", "quick");
        properties.put("embedded.shards", "2");
        properties.put("shards.strategy", "ranges");
        properties.put("shards.ranges", "..2,3..");
        properties.put("sharding.transfers." + setting.split("=")[0], setting.split("=")[1]);
        assertThatThrownBy(() -> AllSettings.load(properties))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(message);
    }
}
