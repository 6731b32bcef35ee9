package distributedmysql.experiment.backup.command;

import static distributedmysql.experiment.backup.command.CommandScene.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.backup.store.Manifest;
import distributedmysql.experiment.backup.command.CommandScene.Said;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.SpareServers;
import distributedmysql.topology.embedded.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OwnServers(replicas = 0)
@DisplayName("The command for backups that are there: what it says, its exit code, and that nothing of it is left")
class BackupCommandIT {
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
        for (String words : List.of(
                "list", "verify", "recover end", "restore " + scene.full().id())) {
            String other = CommandScene.key(8);
            Said said = scene.run(other, nothing -> {}, words);
            assertThat(said.exitCode()).as(words).isEqualTo(2);
            if (!words.equals("recover end")) {
                assertThat(said.all()).contains("the wrong key", scene.full().id());
            }
            assertThat(said.all()).doesNotContain(KEY).doesNotContain(other);
        }
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
