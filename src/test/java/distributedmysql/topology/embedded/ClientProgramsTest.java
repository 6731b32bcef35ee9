package distributedmysql.topology.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.EmbeddedSettings;
import distributedmysql.config.LayoutSettings;
import distributedmysql.config.RouterSettings;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientProgramsTest {
    @TempDir
    private Path directory;

    private ClientPrograms programs(Path basedir) {
        EmbeddedSettings settings = new EmbeddedSettings(
                LayoutSettings.async(0), Optional.of(basedir), directory, 64 << 20, 100, RouterSettings.NONE);
        return new ClientPrograms(settings, CacheDirectory.open(directory.resolve("cache"), line -> {}), line -> {});
    }

    @Test
    void theUsersDistributionHasIt() throws IOException {
        Path file = Files.createDirectories(directory.resolve("mysql/bin")).resolve("mysqldump");
        Files.writeString(file, "#!/bin/sh\necho 'mysqldump  Ver 8.0.33'\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));

        Program program = programs(directory.resolve("mysql")).find("mysqldump");

        assertThat(program.with(List.of("--events"))).containsExactly(file.toString(), "--events");
    }

    @Test
    void theUsersDistributionLacksIt() {
        assertThatThrownBy(() -> programs(directory).find("mysqlbinlog"))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("embedded.basedir = " + directory + ": has no executable bin/mysqlbinlog")
                .hasMessageContaining("leave embedded.basedir empty");
    }
}
