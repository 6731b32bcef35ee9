package distributedmysql.experiment.backup.command;

import static distributedmysql.experiment.backup.command.CommandScene.KEY;
import static distributedmysql.experiment.backup.command.CommandScene.TABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import distributedmysql.experiment.backup.command.CommandScene.Said;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Command;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ProcessOutput;
import distributedmysql.topology.Program;
import distributedmysql.topology.SpareServer;
import distributedmysql.topology.SpareServers;
import distributedmysql.topology.embedded.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OwnServers(replicas = 0)
@DisplayName("A server that the command makes: to which moment, how long it stays, and that nothing of it is left")
class RecoverCommandIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    private static Path directory;

    private static CommandScene scene;
    private static SpareServers spares;
    private List<Path> runs;

    @BeforeAll
    static void make(Deployment deployment) throws IOException {
        spares = deployment.spares();
        scene = CommandScene.make(directory.resolve("store"), deployment);
    }

    @BeforeEach
    void look() throws IOException {
        runs = CommandScene.runs(spares);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertThat(CommandScene.runs(spares)).isEqualTo(runs);
    }

    @Test
    void outsideOfWhatIsStored() {
        Said after = scene.run("recover gtid " + scene.gtid(1000));
        assertThat(after.exitCode()).isEqualTo(2);
        assertThat(after.err()).contains("it is in no stored backup; the stored binary logs hold ", scene.gtid(1000));
        Said later = scene.run("recover time 2099-01-01T00:00:00Z");
        assertThat(later.exitCode()).isEqualTo(2);
        assertThat(later.err())
                .contains("the stored binary logs end at ", scene.logs().get(2).id());
    }

    @Test
    @DisplayName("Recovery to a transaction: the plan comes first, and the server stays until Enter is pressed")
    void server() {
        List<String> rows = new ArrayList<>();
        List<String> passwords = new ArrayList<>();
        Said said = scene.run(
                KEY,
                sofar -> {
                    String login = found("mysql (--defaults-file=\\S+)", sofar);
                    rows.addAll(asked(login, "SELECT id FROM " + TABLE));
                    passwords.add(found("password=\"(\\w+)\"", contents(login.replaceFirst(".*=", ""))));
                },
                "recover gtid " + scene.gtid(2));

        assertThat(said.exitCode()).isZero();
        assertThat(rows).containsExactly("1", "2", "3");
        assertThat(said.out().indexOf("plan: recovery of shard 0 to transaction " + scene.gtid(2)))
                .isBetween(0, said.out().indexOf("restore: "));
        assertThat(said.out())
                .contains("apply 2 transactions of 2 binary logs: "
                        + scene.logs().get(0).id())
                .doesNotContain(passwords.get(0));
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static String contents(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By the program that the command says. */
    private static List<String> asked(String login, String query) {
        Program mysql = spares.program("mysql");
        try {
            return Command.run(mysql.with(List.of(login, "-N", "-e", query)), mysql.environment(), LIMIT)
                    .output()
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("Ctrl-C while the server stays: it is gone, and its directory too")
    void interrupted() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        scene.settings("profile=quick").forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(
                List.of(BackupCommand.class.getName(), "restore", scene.dump().id()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(CommandScene.KEY_VARIABLE, KEY);
        Process jvm = builder.start();
        try {
            // Nobody types anything.
            jvm.getOutputStream().close();
            ProcessOutput said = ProcessOutput.of(jvm);
            await().atMost(LIMIT).until(() -> said.text().contains("It stays until") || !jvm.isAlive());
            Path login = Path.of(found("--defaults-file=(\\S+)", said.text()));
            assertThat(login).exists();
            jvm.destroy();
            assertThat(jvm.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

            assertThat(jvm.exitValue()).isEqualTo(128 + 15);
            assertThat(login.getParent()).doesNotExist();
            assertThat(said.text()).doesNotContain("error", "Exception");
        } finally {
            jvm.destroyForcibly();
        }
    }

    @Test
    @DisplayName("The data of a server just before the DELETE is left in a directory, with exactly the rows of then")
    void directory() throws Exception {
        Path data = directory.resolve("data");
        Said said = scene.run("recover before " + scene.gtid(3) + " --to-directory " + data);
        assertThat(said.exitCode()).isZero();

        try (SpareServer spare = spares.prepare("looks")) {
            FileTrees.copyBelow(
                    data, Files.createDirectories(spare.dataDirectory().getParent()));
            Node node = spare.startOnData(Duration.ofMinutes(1));
            assertThat(Mysql.texts(node, "SELECT id FROM " + TABLE)).containsExactly("1", "2", "3");
            assertThat(Mysql.text(node, "SELECT @@GLOBAL.gtid_executed"))
                    .isEqualTo(scene.primary().serverUuid() + ":1-" + (scene.before() + 2));
        }
        Said again = scene.run("recover end --to-directory " + data);
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("--to-directory " + data + ": must be empty");
    }
}
