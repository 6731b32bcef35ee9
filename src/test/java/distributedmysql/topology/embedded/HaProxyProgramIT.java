package distributedmysql.topology.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import distributedmysql.config.RouterSettings;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Command;
import distributedmysql.topology.router.HaProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HaProxyProgramIT {
    @TempDir
    Path directory;

    @Test
    void aProgramThatIsNotThereIsRefused() {
        Path nowhere = directory.resolve("haproxy");

        assertThatThrownBy(() -> find(nowhere))
                .isInstanceOf(TopologyException.class)
                .hasMessage(
                        "router.haproxy = " + nowhere + ": is no program; must be an HAProxy 2.2 or later, or empty");
    }

    @Test
    void anOldOneIsRefused() throws IOException {
        Path old = script("echo 'HA-Proxy version 1.8.27 2020/11/06 - https://haproxy.org/'");

        assertThatThrownBy(() -> find(old))
                .hasMessage(old + ": is HAProxy 1.8; must be 2.2 or later; give another one with"
                        + " -Drouter.haproxy=/path/haproxy");
    }

    @Test
    void anotherProgramIsRefusedWithWhatItSaid() throws IOException {
        Path other = script("echo something else; exit 3");

        assertThatThrownBy(() -> find(other))
                .hasMessage(other
                        + ": is no HAProxy (-v ended with exit code 3, and said \"something else\"); must be one, 2.2 or"
                        + " later; give another one with -Drouter.haproxy=/path/haproxy");
    }

    @Test
    void isFoundInPath() throws IOException {
        Path own = script("true");

        assertThat(HaProxyProgram.inPath("/nowhere:" + directory)).hasValue(own);
    }

    @Test
    void comesFromTheDistributionsPackageWithoutRoot() throws IOException {
        assumeTrue(OsRelease.current().isLike("debian"), "this machine has no Debian packages");
        assumeTrue(
                new DebianPackage(directory.resolve("work"))
                        .unpackWith("haproxy", List.of())
                        .isPresent(),
                "no Debian package can be had here");
        CacheDirectory cache = CacheDirectory.open(directory.resolve("cache"), System.out::println);

        HaProxy.Program program = HaProxyProgram.unpacked(cache, System.out::println);

        assertThat(program.path()).startsWith(directory.resolve("cache").toRealPath());
        Command.Result result =
                Command.run(List.of(program.path().toString(), "-v"), program.environment(), Duration.ofSeconds(30));
        assertThat(result.output()).startsWith("HAProxy version");
        assertThat(result.exitCode()).isZero();
        assertThat(directory.resolve("cache/apt.unfinished")).doesNotExist();
    }

    private Path script(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("haproxy"), "#!/bin/sh\n" + text + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private HaProxy.Program find(Path program) throws IOException {
        RouterSettings settings = new RouterSettings(RouterSettings.Kind.HAPROXY, Optional.of(program));
        return HaProxyProgram.find(
                settings, CacheDirectory.open(directory.resolve("cache"), line -> {}), System.out::println);
    }
}
