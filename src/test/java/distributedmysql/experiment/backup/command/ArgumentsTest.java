package distributedmysql.experiment.backup.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.backup.Target;
import distributedmysql.config.SettingsException;
import distributedmysql.mysql.Gtid;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    private static final String UUID = "4ec9bf36-0000-0000-0000-000000000001";

    private static Request read(String words) {
        return Arguments.read(words.isEmpty() ? List.of() : List.of(words.split(" ")));
    }

    @Test
    void commands() {
        Optional<Path> nowhere = Optional.empty();
        assertThat(read("list")).isEqualTo(new Request.Show(false));
        assertThat(read("list --json")).isEqualTo(new Request.Show(true));
        assertThat(read("verify")).isEqualTo(new Request.Verify(List.of()));
        assertThat(read("verify a b")).isEqualTo(new Request.Verify(List.of("a", "b")));
        assertThat(read("verify-files dump.sql")).isEqualTo(new Request.VerifyFiles(Path.of("dump.sql")));
        assertThat(read("restore a")).isEqualTo(new Request.Restore("a", nowhere));
        assertThat(read("restore --to-directory d a")).isEqualTo(new Request.Restore("a", Optional.of(Path.of("d"))));
        assertThat(read("retention")).isEqualTo(new Request.Retain(false));
        assertThat(read("retention --remove")).isEqualTo(new Request.Retain(true));
        assertThat(read("recover end --shard 2"))
                .isEqualTo(new Request.Recover(Optional.empty(), Optional.of(2), nowhere));
    }

    @Test
    void targets() {
        assertThat(target("gtid " + UUID + ":7")).isEqualTo(Target.upTo(new Gtid(UUID, 7)));
        assertThat(target("before " + UUID + ":7")).isEqualTo(Target.before(new Gtid(UUID, 7)));
        assertThat(target("time 2026-03-01T12:00:00Z")).isEqualTo(Target.at(Instant.parse("2026-03-01T12:00:00Z")));
        assertThat(target("time 2026-03-01T13:00:00.5+01:00"))
                .isEqualTo(Target.at(Instant.parse("2026-03-01T12:00:00.5Z")));
    }

    private static Target target(String words) {
        return ((Request.Recover) read("recover " + words)).target().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|what is to be done with the backups?",
                "lst|there is no command lst; did you mean list?",
                "undo|there is no command undo; there are",
                "list --jsn|there is no option --jsn; did you mean --json?",
                "list --remove|list: there is no option --remove",
                "list all|list: one word too many: all",
                "restore|restore: name a backup",
                "restore a --to-directory|--to-directory needs a value",
                "recover|recover: name a target: gtid UUID:NUMBER, before UUID:NUMBER, time INSTANT, or end",
                "recover befor x|there is no target befor; did you mean before?",
                "recover gtid 5|is no GTID; must be uuid:number",
                "recover time yesterday|is no time; must be as 2026-03-01T12:00:00Z",
                "recover time 2026-03-01T12:00:00|must be as 2026-03-01T12:00:00Z",
                "recover end --shard one|--shard one: must be a number from 0 on",
                "retention --remove now|one word too many: now",
            })
    void refused(String words, String says) {
        assertThatThrownBy(() -> read(words))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(says);
    }

    @Test
    void whatIsRefusedSaysHowItIsToBe() {
        assertThatThrownBy(() -> read("restore"))
                .hasMessageEndingWith("\n  restore ID [--to-directory DIRECTORY]\n      makes a server of a backup");
        assertThatThrownBy(() -> read(""))
                .hasMessageContaining("verify-files PATH")
                .hasMessageContaining("retention");
    }
}
