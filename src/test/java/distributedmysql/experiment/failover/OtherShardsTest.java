package distributedmysql.experiment.failover;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.ReplicationMode;
import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.Outcome;
import distributedmysql.ledger.LedgerFigures;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shard 2 has acknowledged the writes 1 and 2, and shard 3 the write 3. */
class OtherShardsTest {
    private static final String NODE = "node1";

    private final Ledger second = new Ledger();
    private final Ledger third = new Ledger();

    @BeforeEach
    void record() {
        acknowledged(second, 1);
        acknowledged(second, 2);
        acknowledged(third, 3);
        second.present(NODE, ids(1, 2));
        third.present(NODE, ids(3));
    }

    @Test
    void untouched() {
        assertThat(check().verdict()).isEqualTo(Verdict.VALID);
        assertThat(check().evidence())
                .isEqualTo("shard2: 2 writes acknowledged, none lost, no request failed;"
                        + " shard3: 1 write acknowledged, none lost, no request failed");
    }

    @Test
    void aSingleFailedRequestIsNamed() {
        third.write(new LedgerWrite(4, 1, 2_000_000, new Completion(Outcome.FAIL, "08S01", 0), ""));

        assertThat(check().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(check().evidence()).contains("shard3: 1 request failed, from second 2 on");
    }

    @Test
    void aLostWriteIsNamed() {
        second.present(NODE, ids(1));

        assertThat(check().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(check().evidence()).contains("shard2: ").contains("of 2 acknowledged writes lost 1 (2)");
    }

    @Test
    void aRowOfAnotherShardIsNamed() {
        second.present(NODE, ids(1, 2, 3));

        assertThat(check().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(check().evidence()).contains("no client has sent this server what is there: 1 (3)");
    }

    @Test
    void whatWasNotReadIsNotKnown() {
        Ledger unread = new Ledger();
        acknowledged(unread, 1);

        CheckResult result = OtherShards.check(ReplicationMode.ASYNC, List.of(shard(1, unread)));
        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence()).contains("not read in the end: node1");
    }

    private CheckResult check() {
        return OtherShards.check(ReplicationMode.ASYNC, List.of(shard(1, second), shard(2, third)));
    }

    private static OtherShards.Shard shard(int number, Ledger ledger) {
        return new OtherShards.Shard(number, LedgerFigures.of(ledger, NODE, 0), List.of(NODE));
    }

    private static void acknowledged(Ledger ledger, int id) {
        ledger.write(new LedgerWrite(id, 1, 2, Completion.OK, "a"));
    }

    private static BitSet ids(int... ids) {
        BitSet set = new BitSet();
        for (int id : ids) {
            set.set(id);
        }
        return set;
    }
}
