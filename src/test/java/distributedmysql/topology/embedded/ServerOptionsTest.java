package distributedmysql.topology.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.EmbeddedSettings;
import distributedmysql.config.LayoutSettings;
import distributedmysql.config.RouterSettings;
import distributedmysql.mysql.CommonOptions;
import distributedmysql.mysql.ServerVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerOptionsTest {
    private static List<String> options(String version, boolean asRoot, String... extra) {
        Path basedir = Path.of("/opt/mysql");
        ServerBinary binary =
                new ServerBinary(basedir, basedir.resolve("bin/mysqld"), ServerVersion.parse(version), Map.of());
        EmbeddedSettings settings = new EmbeddedSettings(
                LayoutSettings.async(1), Optional.empty(), Path.of("/cache"), 64L << 20, 300, RouterSettings.NONE);
        return new ServerOptions(binary, settings, List.of(extra), asRoot)
                .run(Path.of("/run/node1/data"), Path.of("/run/node1"), 7, 20_001);
    }

    @Test
    void noOptionFileIsReadAndOnlyTheLoopbackInterfaceIsServed() {
        assertThat(options("8.0.33", false))
                .startsWith("/opt/mysql/bin/mysqld", "--no-defaults")
                .contains("--bind-address=127.0.0.1", "--port=20001", "--server-id=7")
                .contains("--max-connections=300", "--innodb-buffer-pool-size=67108864")
                .contains("--socket=mysqld.sock")
                .doesNotContain("--user=root");
        assertThat(options("8.0.33", true)).contains("--user=root");
    }

    @Test
    void whatServersHaveInCommonIsThereUnderTheNamesOfTheVersion() {
        assertThat(options("8.0.26", false)).containsAll(CommonOptions.commandLine());
        assertThat(options("8.0.25", false)).containsAll(CommonOptions.commandLine(ServerVersion.parse("8.0.25")));
    }

    @Test
    void extraOptionsComeLastAndSoWin() {
        assertThat(options("9.7.4", true, "--sync-binlog=0")).endsWith("--sync-binlog=0");
    }
}
