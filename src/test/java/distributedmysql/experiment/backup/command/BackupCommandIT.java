package distributedmysql.experiment.backup.command;

import static distributedmysql.experiment.backup.command.CommandScene.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.backup.store.Manifest;
import distributedmysql.experiment.backup.command.CommandScene.Said;
import distributedmysql.mysql.ClientOptionFile;
import distributedmysql.topology.Command;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.Program;
import distributedmysql.topology.SpareServers;
import distributedmysql.topology.embedded.FileTrees;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OwnServers(replicas = 0)
@DisplayName("The command for backups that are there: what it says, its exit code, and that nothing of it is left")
class BackupCommandIT {
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
    void list() {
        Said said = scene.run("list");
        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .contains("5 backups; 5 usable", scene.dump().id(), scene.full().id())
                .contains(scene.logs().get(2).id(), "MySQL " + scene.primary().version());
        assertThat(scene.run("list --json").out())
                .contains("\"gtids\" : \"" + scene.full().gtids() + "\"");
        assertThat(said.all()).doesNotContain(KEY);
    }

    @Test
    @DisplayName("verify reads all, restores each full backup, reads its tables, and the chain of binary logs")
    void verify() {
        Said said = scene.run("verify");
        assertThat(said.exitCode()).isZero();
        for (Manifest full : List.of(scene.dump(), scene.full())) {
            assertThat(said.out())
                    .containsPattern(
                            "VALID    restored " + full.id() + ": \\d+ tables readable, GTIDs " + full.gtids());
        }
        assertThat(said.out())
                .contains("VALID    binary logs of shard 0: 3 files whole, ", ", no gap")
                .contains("Verdict: PASS: 8 of 8 VALID");
    }

    @Test
    @DisplayName("What the run that made it has found wrong is said, and is no PASS")
    void foundWrong() throws Exception {
        scene.judge(scene.full(), false, "tables INVALID: players: 1 missing");
        try {
            Said list = scene.run("list");
            assertThat(list.exitCode()).isEqualTo(2);
            assertThat(list.out())
                    .contains("5 backups; 1 found wrong, 4 usable", ": tables INVALID: players: 1 missing");
            Said verify = scene.run("verify " + scene.full().id());
            assertThat(verify.exitCode()).isEqualTo(2);
            assertThat(verify.out())
                    .contains("INVALID  restored " + scene.full().id() + ": found wrong at ", "Verdict: FAIL");
        } finally {
            scene.judge(scene.full(), true, "all is there");
        }
    }

    @Test
    @DisplayName("One bit: the file is named, and it is not restored")
    void flippedBit() throws Exception {
        Path file = scene.file(scene.full());
        byte[] whole = Files.readAllBytes(file);
        byte[] flipped = whole.clone();
        flipped[whole.length / 3] ^= 4;
        Files.write(file, flipped);
        try {
            Said said = scene.run("verify " + scene.full().id());
            assertThat(said.exitCode()).isEqualTo(2);
            assertThat(said.out())
                    .contains("INVALID  " + scene.full().id() + ": " + file)
                    .contains("UNKNOWN  restored " + scene.full().id() + ": it was not restored");
            Said restore = scene.run("restore " + scene.full().id());
            assertThat(restore.exitCode()).isEqualTo(2);
            assertThat(restore.err()).contains(file.toString());
        } finally {
            Files.write(file, whole);
        }
    }

    @Test
    @DisplayName("A binary log that is missing: list, verify and recover name it, before anything is restored")
    void missingLog() throws Exception {
        Path gone = scene.directory(scene.logs().get(1));
        Path aside = directory.resolve("aside");
        Files.move(gone, aside);
        try {
            Said list = scene.run("list");
            assertThat(list.exitCode()).isEqualTo(2);
            assertThat(list.out()).contains("gap: ", gone.getFileName().toString());
            Said verify = scene.run("verify");
            assertThat(verify.exitCode()).isEqualTo(2);
            assertThat(verify.out())
                    .contains("INVALID  binary logs of shard 0: a gap before backup "
                            + scene.logs().get(2).id() + ": the transactions " + scene.gtid(2) + " are");
            Said recover = scene.run("recover end");
            assertThat(recover.exitCode()).isEqualTo(2);
            assertThat(recover.err()).contains("a gap: the transactions " + scene.gtid(2) + " are neither in");
            assertThat(recover.out()).doesNotContain("restore:");
        } finally {
            Files.move(aside, gone);
        }
    }

    @Test
    void wrongKey() {
        for (String words : List.of("list", "verify", "restore " + scene.full().id())) {
            assertThat(withOtherKey(words))
                    .contains("the wrong key", scene.full().id());
        }
        for (String words : List.of(
                "recover end",
                "recover time 2026-03-01T12:00:00Z",
                "recover gtid " + scene.primary().serverUuid() + ":1")) {
            assertThat(withOtherKey(words))
                    .contains("; 5 backups not usable, because of the key: ", ": the wrong key: ");
        }
    }

    private static String withOtherKey(String words) {
        String other = CommandScene.key(8);
        Said said = scene.run(other, nothing -> {}, words);
        assertThat(said.exitCode()).as(words).isEqualTo(2);
        assertThat(said.all()).doesNotContain(KEY).doesNotContain(other);
        return said.all();
    }

    @Test
    @DisplayName("What retention does not keep is listed; it is removed only if that is asked for")
    void retention() throws Exception {
        Path copy = FileTrees.copyBelow(scene.store(), Files.createDirectory(directory.resolve("copy")));
        String[] settings = {
            "backup.store.directory=" + copy, "backup.retention.keep-for=0s", "backup.retention.keep-fulls=1"
        };
        Said dry = scene.run("retention", settings);
        assertThat(dry.exitCode()).isZero();
        assertThat(dry.out())
                .containsPattern("not kept +" + scene.dump().id())
                .containsPattern("kept +" + scene.full().id() + ".* among the newest 1 full backup")
                .contains("would be removed: 1 backup, ", "nothing is removed without --remove");
        assertThat(copy.resolve(scene.dump().id())).exists();
        assertThat(scene.run("retention --remove", settings).out()).contains("removed: 1 backup, ");
        assertThat(copy.resolve(scene.dump().id())).doesNotExist();
        assertThat(copy.resolve(scene.full().id())).exists();
    }

    /** As a user's own script writes it. */
    private static Path dump() throws IOException {
        Path file = Files.createTempDirectory(directory, "own").resolve("dump.sql");
        Program mysqldump = spares.program("mysqldump");
        try (ClientOptionFile login = ClientOptionFile.write(scene.primary(), spares.newPath("login"))) {
            List<String> command = mysqldump.with(
                    List.of(login.argument(), "--single-transaction", "--result-file=" + file, "command_it"));
            assertThat(Command.run(command, mysqldump.environment(), LIMIT).exitCode())
                    .isZero();
        }
        return file;
    }

    @Test
    @DisplayName("A dump of the user's own is loaded; one that is cut off is not called good")
    void ownDump() throws Exception {
        Path file = dump();
        Said said = scene.run("verify-files " + file);
        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .containsPattern("VALID    restored " + file + ": \\d+ tables readable, GTIDs "
                        + scene.primary().serverUuid());
        byte[] whole = Files.readAllBytes(file);
        Path zipped = file.resolveSibling("dump.sql.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(whole);
        }
        byte[] bytes = Files.readAllBytes(zipped);
        Files.write(zipped, Arrays.copyOf(bytes, bytes.length / 2));
        Files.write(file, Arrays.copyOf(whole, whole.length - 60));

        for (Path cut : List.of(file, zipped)) {
            Said refused = scene.run("verify-files " + cut);
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.out())
                    .containsPattern("INVALID  restored " + cut + ": .*(its end is missing|is not whole)");
        }
    }

    @Test
    @DisplayName("Files of the user's own tool are restored by the user's own command; prepare is given a copy")
    void ownFiles() throws Exception {
        Path files = dump().getParent();
        Said said = scene.run(
                "verify-files " + files,
                "backup.hooks.prepare=touch \"$BACKUP_DIRECTORY/prepared\"",
                "backup.hooks.restore=(echo 'CREATE DATABASE x; USE x;'; cat \"$BACKUP_DIRECTORY/dump.sql\") | "
                        + spares.program("mysql").file() + " --defaults-file=\"$CLIENT_OPTIONS\"",
                "backup.hooks.into-server=true");
        assertThat(said.exitCode()).isZero();
        assertThat(files.resolve("prepared")).doesNotExist();

        assertThat(scene.run("verify-files " + files).err()).contains("backup.hooks.restore: must be given");
    }

    @Test
    @DisplayName("A table whose file is not in the backup is named")
    void tableMissing() throws Exception {
        Path data = directory.resolve("data");
        assertThat(scene.run("restore " + scene.full().id() + " --to-directory " + data)
                        .exitCode())
                .isZero();
        Files.delete(data.resolve("command_it").resolve("t.ibd"));

        Said said = scene.run(
                "verify-files " + data, "backup.hooks.restore=cp -R \"$BACKUP_DIRECTORY/.\" \"$DATA_DIRECTORY\"");

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.out()).contains("INVALID  restored " + data + ": `command_it`.`t`: ");
    }

    @Test
    void typingErrors() {
        Said id = scene.run("verify " + scene.full().id().replace("full", "ful"));
        assertThat(id.exitCode()).isEqualTo(1);
        assertThat(id.err()).contains("did you mean " + scene.full().id() + "?");
        Said key = scene.run("list", "backup.store.directry=x");
        assertThat(key.exitCode()).isEqualTo(1);
        assertThat(key.err()).contains("did you mean backup.store.directory?");
        assertThat(scene.run("list", "backup.encryption.key-variable=NO_SUCH_KEY")
                        .exitCode())
                .isEqualTo(1);
    }
}
