package distributedmysql.check;

import static distributedmysql.check.MachineTimes.loops;
import static distributedmysql.check.MachineTimes.quiet;
import static distributedmysql.check.MachineTimes.times;
import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.MachineDoubt.During;
import distributedmysql.check.MachineDoubt.Spoils;
import distributedmysql.history.MachineTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MachineDoubtTest {
    private static final Instant FROM = Instant.parse("2026-03-04T05:06:07.250Z");
    private static final CheckResult INVALID = CheckResult.invalid("target rate", "mixed: 190 of 200 requests/s");
    private static final CheckResult UNKNOWN = CheckResult.unknown("replication lag", "node2: 234 missing");
    private static final CheckResult VALID = CheckResult.valid("replication lag", "node2: p99 3 ms");
    private static final String REASON = "other processes took 93 % of the processors in 2.0 of 2.0 s";

    private static During busy(ServerSilence... silences) {
        return new During(MachineTimes.busyWithOthers(), 0.05, 0, List.of(silences));
    }

    private static During idle() {
        return new During(BusyMachine.of(times(8, quiet())), 0.05, 0, List.of());
    }

    private static CheckResult judge(CheckResult result, Spoils spoils, During... times) {
        return MachineDoubt.judge(result, spoils, List.of(times));
    }

    @Test
    @DisplayName("A figure that a busy machine spoilt is UNKNOWN, the reason first and what to do next")
    void aSpoiltFigure() {
        assertThat(judge(INVALID, Spoils.VERDICT, busy()))
                .isEqualTo(CheckResult.unknown(
                        "target rate",
                        Doubt.BUSY_MACHINE,
                        "because this machine was busy (" + REASON
                                + "); otherwise INVALID: mixed: 190 of 200 requests/s"));
        assertThat(judge(UNKNOWN, Spoils.VERDICT, busy()).evidence())
                .startsWith("because this machine was busy (" + REASON + ")")
                .endsWith("; node2: 234 missing");
        assertThat(judge(VALID, Spoils.VERDICT, busy()))
                .isEqualTo(CheckResult.valid(
                        "replication lag",
                        "(busy machine) node2: p99 3 ms; this machine was busy, so figures may be too bad: " + REASON));
    }

    @Test
    @DisplayName("What is wrong stays INVALID however busy the machine was; only a lack of evidence has a reason")
    void correctness() {
        assertThat(judge(INVALID, Spoils.EVIDENCE, busy())).isEqualTo(INVALID);
        assertThat(judge(VALID, Spoils.EVIDENCE, busy())).isEqualTo(VALID);
        assertThat(judge(UNKNOWN, Spoils.EVIDENCE, busy()).evidence()).startsWith("because this machine was busy");
    }

    @Test
    @DisplayName("A machine that was not busy, or not for long enough, changes nothing")
    void anIdleMachine() {
        for (CheckResult result : List.of(INVALID, UNKNOWN, VALID)) {
            assertThat(judge(result, Spoils.VERDICT, idle())).isEqualTo(result);
            assertThat(judge(result, Spoils.VERDICT)).isEqualTo(result);
        }
        List<MachineTime> mostlyQuiet = java.util.stream.Stream.concat(
                        times(2, loops()).stream(), times(38, quiet()).stream())
                .toList();
        During half = new During(BusyMachine.of(mostlyQuiet), 0.06, 0, List.of());
        assertThat(judge(INVALID, Spoils.VERDICT, half)).isEqualTo(INVALID);
    }

    @Test
    @DisplayName("What is UNKNOWN for a reason of its own would be so on a quiet machine too")
    void anotherReason() {
        for (Doubt doubt : Doubt.values()) {
            CheckResult result = CheckResult.unknown("drift: p95", doubt, "some reason");
            for (Spoils spoils : Spoils.values()) {
                assertThat(judge(result, spoils, busy())).isEqualTo(result);
            }
        }
    }

    @Test
    @DisplayName("The meaning that a check of one's own has is kept, whatever the machine did")
    void anOwnMeaning() {
        Meaning own = new Meaning("it is wrong", "too little", "look");
        assertThat(judge(INVALID.meaning(own), Spoils.VERDICT, idle()).means()).isEqualTo("it is wrong");
        During silent = busy(new ServerSilence("the replica", FROM, 1.75, 40));
        assertThat(judge(INVALID.meaning(own), Spoils.VERDICT, silent).means()).isEqualTo("it is wrong");
        assertThat(judge(INVALID.meaning(own), Spoils.VERDICT, busy()).meaning())
                .isEqualTo(own);
    }

    @Test
    @DisplayName("A server that stood still is not excused by a busy machine")
    void aSilentServer() {
        CheckResult result = judge(INVALID, Spoils.VERDICT, busy(new ServerSilence("the replica", FROM, 1.75, 40)));
        assertThat(result)
                .isEqualTo(CheckResult.invalid(
                        "target rate",
                        "mixed: 190 of 200 requests/s; the replica answered nothing for at least 1.8 s, from 05:06:07 UTC on, while this"
                                + " machine's timers were at most 40 ms late; this machine was busy, which does not explain it: "
                                + REASON));
        CheckResult unknown = judge(UNKNOWN, Spoils.VERDICT, busy(new ServerSilence("the replica", FROM, 1.75, 40)));
        assertThat(unknown.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(unknown.doubt()).isNull();
        assertThat(unknown.evidence())
                .startsWith(UNKNOWN.evidence() + "; the replica answered nothing for at least 1.8 s")
                .contains("this machine was busy, which does not explain it");
    }

    @Test
    @DisplayName("A silence that is short, or in which this machine stood still itself, is nobody's")
    void aSilenceOfThisMachine() {
        assertThat(judge(INVALID, Spoils.VERDICT, busy(new ServerSilence("the replica", FROM, 0.9, 40)))
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
        assertThat(judge(INVALID, Spoils.VERDICT, busy(new ServerSilence("the replica", FROM, 1.75, 600)))
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    @DisplayName("Of several times in which something went wrong, all must be explained")
    void severalTimes() {
        assertThat(judge(INVALID, Spoils.VERDICT, busy(), idle()).verdict()).isEqualTo(Verdict.INVALID);
        assertThat(judge(INVALID, Spoils.VERDICT, busy(), busy()).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    @DisplayName("A lag that is far longer than any stall of a client elsewhere is not of its making")
    void aLongWait() {
        BusyMachine client = BusyMachine.of(times(8, MachineTimes.remote(99, 97)));
        During wait = new During(client, 0.01, 3_000, List.of());
        assertThat(judge(INVALID, Spoils.VERDICT, wait).evidence())
                .contains("this machine was busy, which does not explain it: the load generator itself took 97 %");
        assertThat(judge(INVALID, Spoils.VERDICT, new During(client, 0.01, 20, List.of()))
                        .verdict())
                .isEqualTo(Verdict.UNKNOWN);
    }
}
