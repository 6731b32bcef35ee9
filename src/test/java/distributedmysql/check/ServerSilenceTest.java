package distributedmysql.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerSilenceTest {
    private static final Instant FROM = Instant.parse("2026-03-04T05:06:07.250Z");
    private static final String NAME = ServerSilence.checkName("soak");

    @Test
    void aServerThatStoodStillIsInvalidAndNamed() {
        assertThat(ServerSilence.check(NAME, 60, List.of(new ServerSilence("the replica", FROM, 1.75, 12))))
                .isEqualTo(CheckResult.invalid(
                        "server silence: soak",
                        "the replica answered nothing for at least 1.8 s, from 05:06:07 UTC on, while this machine's timers were at most 12 ms"
                                + " late; in 60.0 s of open load"));
    }

    @Test
    void serversThatAnsweredAllTheTimeAreValid() {
        assertThat(ServerSilence.check(NAME, 60, List.of()))
                .isEqualTo(CheckResult.valid(NAME, "no server was silent for 1 s or more, in 60.0 s of open load"));
    }

    @Test
    void withoutOpenLoadNothingIsKnown() {
        assertThat(ServerSilence.check(NAME, 0, List.of()).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void isOfTheServerWhereThisMachinesTimersWereFarLessLate() {
        assertThat(new ServerSilence("the primary", FROM, 1.5, 500).isOfTheServer())
                .isTrue();
        assertThat(new ServerSilence("the primary", FROM, 1.5, 501).isOfTheServer())
                .isFalse();
        assertThat(new ServerSilence("the primary", FROM, 0.9, 1).isOfTheServer())
                .isFalse();
    }
}
