package distributedmysql.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerWriteTest {
    private static final Completion BROKEN = new Completion(Outcome.UNKNOWN, "08S01", 0);

    @Test
    void aWriteThatCannotBeIsRefused() {
        assertThatThrownBy(() -> new LedgerWrite(-1, 1, 1, Completion.OK, "a"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LedgerWrite(1, 2, 1, Completion.OK, "a")).hasMessageContaining("write 1");
        assertThatThrownBy(() -> new LedgerWrite(1, 1, 2, Completion.OK, "")).hasMessageContaining("write 1");
        assertThatThrownBy(() -> new LedgerWrite(1, 1, 2, BROKEN, "a")).hasMessageContaining("write 1");
    }

    @Test
    void theLimitsAreAllowed() {
        assertThat(write(0, 0, 0).id()).isZero();
        assertThat(write(Integer.MAX_VALUE - 1, 5, 5).completeMicros()).isEqualTo(5);
    }

    @Test
    void beyondThemItIsRefused() {
        assertThatThrownBy(() -> write(-1, 0, 0)).hasMessage("write id -1");
        assertThatThrownBy(() -> write(Integer.MAX_VALUE, 0, 0)).hasMessage("write id 2147483647");
        assertThatThrownBy(() -> write(1, -1, 0)).hasMessageContaining("invoked at -1 µs");
        assertThatThrownBy(() -> write(1, 5, 4)).hasMessageContaining("invoked at 5 µs, completed at 4 µs");
    }

    @Test
    void gtids() {
        assertThatThrownBy(() -> new LedgerWrite(1, 1, 2, BROKEN, "", "a:1")).hasMessageContaining("with GTID 'a:1'");
        assertThatThrownBy(() -> new LedgerWrite(1, 1, 2, Completion.OK, "a", "a"))
                .hasMessageContaining("GTID 'a'");
        assertThat(write(1, 1, 1).gtid()).isEmpty();
    }

    @Test
    void theLedgerKeepsThem() {
        Ledger ledger = new Ledger();
        List<LedgerWrite> writes = List.of(
                new LedgerWrite(1, 1, 2, Completion.OK, "a", "a:7"),
                new LedgerWrite(2, 1, 2, Completion.OK, "a", "a:blue:9223372036854775806"),
                new LedgerWrite(3, 1, 2, Completion.OK, "a"),
                new LedgerWrite(4, 1, 2, BROKEN, ""),
                new LedgerWrite(5, 1, 2, Completion.OK, "a", "a:8"));
        writes.forEach(ledger::write);

        List<LedgerWrite> kept = new ArrayList<>();
        ledger.forEachWrite(kept::add);
        assertThat(kept).isEqualTo(writes);
    }

    private static LedgerWrite write(long id, long invoked, long completed) {
        return new LedgerWrite(id, invoked, completed, Completion.OK, "a");
    }
}
