package distributedmysql.experiment.backup.command;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.experiment.backup.command.CommandScene.Said;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MissingDirectoryTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"list", "list --json", "verify", "restore any", "recover end", "retention"})
    @DisplayName("A store whose directory is not there is an error, and none that is empty; nothing is made")
    void ofEach(String words) {
        Path mistyped = directory.resolve("bakcups");

        Said said = new CommandScene(mistyped, null, null, null, List.of(), 0).run(words);

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.all())
                .isEqualTo("error: backup.store.directory = " + mistyped + ": there is no such directory\n");
        assertThat(directory).isEmptyDirectory();
    }
}
