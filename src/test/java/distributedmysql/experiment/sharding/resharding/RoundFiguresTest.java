package distributedmysql.experiment.sharding.resharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.experiment.sharding.resharding.ReshardingSection.Added;
import distributedmysql.history.Completion;
import distributedmysql.history.Ledger;
import distributedmysql.history.LedgerWrite;
import distributedmysql.history.Outcome;
import distributedmysql.history.RunClock;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Of the even numbers, which clients write, those from 502 to 1,000 move. */
class RoundFiguresTest {
    private static final Numbers NUMBERS = new Numbers(1, 1_000);
    private static final Completion FAILED = new Completion(Outcome.FAIL, "HY000", 1205);
    private static final Completion UNKNOWN = new Completion(Outcome.UNKNOWN, "08S01", 0);

    private final RunClock clock = new RunClock();
    private final Ledger ledger = new Ledger();
    private final Progress progress = new Progress(clock, 1_000);

    private void write(int id, long arrived, long ended, Completion ending) {
        ledger.write(new LedgerWrite(id, arrived, ended, ending, ending.isOk() ? "server" : ""));
    }

    /** @return when writes by the old map were refused */
    private long play() {
        clock.sleepUntil(50_000);
        progress.began(Phase.CAPTURE);
        progress.raised(0);
        progress.fenced();
        progress.decided();
        long fenced = progress.raisedMicros().orElseThrow();
        long start = fenced - 40_000;
        // In the warm-up.
        write(8, start - 50_000 > 0 ? start - 50_000 : 0, start - 1_000, Completion.OK);
        write(2, start - 5_000, start - 4_000, Completion.OK);
        write(502, start + 1_000, start + 3_000, Completion.OK);
        write(4, start + 1_000, start + 2_000, FAILED);
        write(506, start + 1_000, start + 2_000, UNKNOWN);
        write(6, fenced + 1_000, fenced + 4_000, Completion.OK);
        write(504, fenced - 1_000, fenced + 9_000, Completion.OK);
        // Acknowledged by its former shard, and its client's thread came late.
        write(510, fenced - 300, fenced + 500, Completion.OK);
        write(508, fenced + 20_000, fenced + 21_000, Completion.OK);
        return fenced;
    }

    private static Refusals refusals(long fenced) {
        Refusals refusals = new Refusals();
        refusals.ended(new Refusals.Refused(6, 1, fenced + 1_000, fenced + 4_000, 0));
        refusals.ended(new Refusals.Refused(504, 3, fenced - 1_000, fenced + 9_000, 2));
        refusals.ended(new Refusals.Refused(512, 2, fenced + 2_000, fenced + 30_000, Refusals.NO_SHARD));
        return refusals;
    }

    private PlayedRound played(long fenced) {
        return played(fenced, refusals(fenced));
    }

    private PlayedRound played(long fenced, Refusals refusals) {
        Writers.Load load = new Writers.Load(NUMBERS, 60, 1, Duration.ZERO);
        return new PlayedRound(
                new PlayedRounds().all().get(0),
                load,
                refusals,
                progress,
                fenced - 46_000,
                fenced - 40_000,
                fenced + 10_000,
                NUMBERS.end(0),
                "",
                false);
    }

    @Test
    @DisplayName(
            "The error window is from the first write that was held to the last refused one that is acknowledged by the new map")
    void known() {
        PlayedRound played = played(play());

        RoundFigures figures = new RoundFigures(played, ledger);
        Added added = figures.figures();
        assertThat(figures.racing()).isEqualTo(1);
        assertThat(added.errorWindowMillis()).isEqualTo(10);
        assertThat(added.refusedAttempts()).isEqualTo(6);
        assertThat(added.refusedWrites()).isEqualTo(3);
        assertThat(added.mostRefusals()).isEqualTo(3);
        assertThat(added.beforeMicros().max()).isEqualTo(1_000);
        assertThat(added.copyMicros().max()).isEqualTo(2_000);
        assertThat(added.switchMicros().max()).isCloseTo(10_000, within(10L));
        assertThat(added.switchMicros().min()).isCloseTo(800, within(10L));
        assertThat(added.afterMicros().max()).isEqualTo(1_000);
        assertThat(added.addedP99Micros())
                .isEqualTo(added.switchMicros().p99() - added.beforeMicros().p99());
        assertThat(added.expectedShare()).isEqualTo(0.25);
        assertThat(added.killed()).isEqualTo("none");
        assertThat(added.failed()).isEqualTo(1);
        assertThat(added.unknown()).isEqualTo(1);
        assertThat(added.errors())
                .containsExactly(
                        new ReshardingSection.FailedWrites("08S01/0", 1),
                        new ReshardingSection.FailedWrites("HY000/1205", 1));
        // In 50 ms.
        assertThat(added.achievedRate()).isEqualTo(80);
        assertThat(added.rateHeld()).isTrue();
        assertThat(added.moved()).isEqualTo(250);
        assertThat(added.movedShare()).isEqualTo(0.25);
    }

    @Test
    @DisplayName("Where no write was refused, the error window ends when the new map is known")
    void noneRefused() {
        Added added = new RoundFigures(played(play(), new Refusals()), ledger).figures();

        assertThat(added.errorWindowMillis()).isBetween(0.0, 1.0);
    }

    @Test
    @DisplayName("Who was killed, and in which phase")
    void killed() {
        progress.began(Phase.CATCH_UP);
        progress.killed(Kill.TARGET);

        Added added = new RoundFigures(played(clock.micros() + 50_000), ledger).figures();

        assertThat(added.killed()).isEqualTo("target");
        assertThat(added.killedIn()).isEqualTo("catch-up");
        assertThat(added.summary()).endsWith("killed: target (catch-up)");
    }

    @Test
    @DisplayName(
            "A round whose servers were not read because the run was ending is called interrupted, without figures")
    void interrupted() {
        PlayedRound whole = played(play());
        PlayedRound unread = new PlayedRound(
                new PlayedRounds().unread().get(0),
                whole.load(),
                whole.refusals(),
                progress,
                whole.warmMicros(),
                whole.startMicros(),
                whole.endMicros(),
                whole.endId(),
                "the run is ending",
                true);

        assertThat(new RoundFigures(unread, ledger).figures().summary()).isEqualTo("ranges, interrupted");
    }

    @Test
    @DisplayName("The share that is expected to move, where one is added to two shards")
    void expected() {
        assertThat(RoundFigures.expectedShare(Strategy.RING, 2)).isEqualTo(1.0 / 3);
        assertThat(RoundFigures.expectedShare(Strategy.MODULO, 2)).isEqualTo(2.0 / 3);
    }

    @Test
    @DisplayName("Where the old map still holds, there is no error window")
    void notDecided() {
        progress.raised(0);

        assertThat(ErrorWindow.of(played(progress.raisedMicros().orElseThrow())))
                .isEmpty();
    }

    @Test
    @DisplayName("Rows per second are of the time since the first copy, also where another coordinator has begun anew")
    void replaced() {
        clock.sleepUntil(50_000);
        progress.began(Phase.CAPTURE);
        progress.began(Phase.COPY);
        clock.sleepUntil(clock.micros() + 100_000);
        progress.began(Phase.COPY);
        progress.began(Phase.CATCH_UP);
        progress.began(Phase.SWITCH);

        Added added = new RoundFigures(played(clock.micros()), ledger).figures();

        assertThat(added.rowsPerSecond())
                .isEqualTo(250 * 1e6 / progress.microsFromCopyToSwitch().orElseThrow())
                .isLessThanOrEqualTo(2_500);
    }

    @Test
    @DisplayName("What the progress says of a copy: rows read and moved, per second")
    void progress() {
        progress.began(Phase.COPY);
        progress.copied(0, 400, 100);

        assertThat(progress.progress()).matches("read 400 of 1,000 \\(40 %\\), 100 moved, [\\d,]+ rows/s; 0 s so far");
        assertThat(progress.moved()).isEqualTo(100);
    }
}
