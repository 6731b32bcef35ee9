package distributedmysql.topology.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.mysql.TopologyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerArchiveTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bin/mysqld",
                "bin/mysql",
                "bin/mysqldump",
                "bin/mysqlbinlog",
                "lib/private/libssl.so.1.1",
                "lib/private/icudt69l/brkitr/ru.res",
                "lib/plugin/semisync_source.so",
                "lib/libssl.1.1.dylib",
                "bin/libprotobuf.3.19.4.dylib",
                "lib/plugin/libfido2.1.dylib",
                "share/english/errmsg.sys",
                "LICENSE"
            })
    void whatTheServerNeedsIsUnpacked(String name) {
        assertThat(ServerArchive.isNeeded(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bin/mysqlslap",
                "bin/mysqld-debug",
                "lib/plugin/debug/semisync_source.so",
                "lib/libmysqlclient.a",
                "lib/private/",
                "include/mysql.h",
                "share/../../escape"
            })
    void theRestIsNot(String name) {
        assertThat(ServerArchive.isNeeded(name)).isFalse();
    }

    @Test
    void theDirectoryHoldsExecutableProgramsAndNothingUnfinishedIsLeft(@TempDir Path directory) throws IOException {
        Path zip = directory.resolve("server.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : List.of("bin/mysqld", "bin/mysqlslap", "share/english/errmsg.sys")) {
                out.putNextEntry(new ZipEntry(name));
                out.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        Path cache = directory.resolve("cache");
        new ServerArchive(zip, line -> {}).unpack(cache.resolve("server"), CacheDirectory.open(cache, line -> {}));

        assertThat(cache.resolve("server/bin/mysqld")).isExecutable().hasContent("bin/mysqld");
        assertThat(cache.resolve("server/share/english/errmsg.sys")).isRegularFile();
        assertThat(cache.resolve("server/bin/mysqlslap")).doesNotExist();
        try (Stream<Path> files = Files.list(cache)) {
            assertThat(files).containsExactly(cache.resolve("server"));
        }
    }

    @Test
    void oneFileIsAddedToWhatAFormerVersionUnpacked(@TempDir Path directory) throws IOException {
        Path zip = directory.resolve("server.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("bin/mysqldump"));
            out.write(1);
        }
        Path unpacked = directory.resolve("server");
        ServerArchive archive = new ServerArchive(zip, line -> {});
        archive.add("bin/mysqldump", unpacked);

        assertThat(unpacked.resolve("bin/mysqldump")).isExecutable();
        assertThat(unpacked.resolve("bin").toFile().list()).containsExactly("mysqldump");
        assertThatThrownBy(() -> archive.add("bin/mysqlbinlog", unpacked))
                .isInstanceOf(TopologyException.class)
                .hasMessage(zip + ": has no bin/mysqlbinlog");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, aarch64, linux-aarch64",
        "Mac OS X, x86_64, mac-x86_64",
        "Mac OS X, aarch64, mac-aarch64"
    })
    void everySupportedPlatformHasItsBuild(String os, String processor, String classifier) {
        assertThat(Platform.of(os, processor).classifier()).isEqualTo(classifier);
    }

    @ParameterizedTest
    @CsvSource({"Windows 11, amd64", "Linux, riscv64"})
    void anotherPlatformIsToldWhatToUseInstead(String os, String processor) {
        assertThatThrownBy(() -> Platform.of(os, processor))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining(os + " on " + processor)
                .hasMessageContaining("-Dembedded.basedir")
                .hasMessageContaining("-Dtopology=external");
    }

    @Test
    void progressIsSaidAtMostOnceASecond() {
        List<String> lines = new ArrayList<>();
        ProgressMeter meter = new ProgressMeter("unpacking", 1_000, lines::add);
        for (int i = 0; i < 1_000; i++) {
            meter.advance(1);
        }
        assertThat(lines.size()).isLessThanOrEqualTo(1);
    }
}
