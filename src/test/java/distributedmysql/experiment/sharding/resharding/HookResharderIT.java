package distributedmysql.experiment.sharding.resharding;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.mysql.Credentials;
import distributedmysql.topology.external.Hook;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Another program's resharding is judged as ours is. */
class HookResharderIT extends RigTests {
    /** As many are written between them: enough for two minutes, because a program takes its time to start on a busy machine. */
    private static final int ROWS = 40_000;

    private static HookResharder tool(String how) {
        Credentials admin = rig.primary(0).admin();
        String command = "'" + System.getProperty("java.home") + "/bin/java' -cp '"
                + System.getProperty("java.class.path") + "' " + OtherTool.class.getName() + " "
                + admin.user() + " " + admin.password().text() + " " + how;
        return hook(command);
    }

    private static HookResharder hook(String command) {
        return new HookResharder(new Hook(ReshardingSettings.HOOK, command, Set.of(), rig.events), Rig.DEADLINE);
    }

    @Test
    @Tag("nightly")
    @DisplayName("One that stops the writes by the old map before it copies what has come since loses nothing")
    void careful() {
        RoundPlay play = rig.play(Rig.settings(ROWS, Strategy.RANGES), tool("careful"));

        PlayedRound played = play.play(1);

        assertThat(played.problem()).isEmpty();
        Rig.assertValid(play, List.of(played));
        ReshardingSection.Added added = new RoundFigures(played, play.ledger()).figures();
        assertThat(added.movedShare()).isBetween(0.24, 0.26);
        assertThat(added.errorWindowMillis()).isPositive();
    }

    @Test
    @Tag("nightly")
    @DisplayName("One that copies without catching up has lost what was written meanwhile, by number")
    void careless() {
        RoundPlay play = rig.play(Rig.settings(ROWS, Strategy.RANGES), tool("careless"));

        PlayedRound played = play.play(1);

        assertThat(played.problem()).isEmpty();
        List<CheckResult> checks = Rig.checks(play, List.of(played));
        CheckResult lost = Rig.check(checks, "lost acknowledged writes");
        assertThat(lost.verdict()).as(lost.evidence()).isEqualTo(Verdict.INVALID);
        assertThat(lost.evidence()).containsPattern("acknowledged writes lost \\d+ \\(\\d+");
        assertThat(Rig.check(checks, ReshardingChecks.PLACED_NAME).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    @DisplayName("One that does nothing, or fails, has not resharded: nothing is proven")
    void without() {
        for (String command : List.of("true", "exit 3")) {
            RoundPlay play = rig.play(Rig.settings(1_000, Strategy.RANGES), hook(command));

            PlayedRound played = play.play(1);

            assertThat(played.problem())
                    .contains(
                            command.equals("true")
                                    ? "has not raised the version of the new shard: the old map still holds"
                                    : "exit code 3");
            assertThat(Rig.checks(play, List.of(played))).allMatch(check -> check.verdict() == Verdict.UNKNOWN);
        }
    }
}
