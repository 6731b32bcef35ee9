package distributedmysql.topology.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.mysql.TopologyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharedLibrariesTest {
    @Test
    void theMissingLibraryIsReadFromTheLoadersMessage() {
        assertThat(SharedLibraries.missing("/c/bin/mysqld: error while loading shared libraries: libaio.so.1:"
                        + " cannot open shared object file: No such file or directory\n"))
                .hasValue("libaio.so.1");
        assertThat(SharedLibraries.missing(
                        "mysqld: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.28' not found (required by mysqld)"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            ID=debian;VERSION_ID="12"                                => sudo apt-get install -y libaio1 libnuma1
            ID=debian;VERSION_ID="13"                                => sudo apt-get install -y libaio1t64 libnuma1
            ID=ubuntu;ID_LIKE=debian;VERSION_ID="22.04"              => sudo apt-get install -y libaio1 libnuma1
            ID=ubuntu;ID_LIKE=debian;VERSION_ID="24.04"              => sudo apt-get install -y libaio1t64 libnuma1
            ID=linuxmint;ID_LIKE="ubuntu debian";VERSION_ID="22"     => sudo apt-get install -y libnuma1 libaio1t64 || sudo apt-get install -y libnuma1 libaio1
            ID=fedora;VERSION_ID=42                                  => sudo dnf install -y libaio numactl-libs
            ID="rocky";ID_LIKE="rhel centos fedora";VERSION_ID="9.4" => sudo dnf install -y libaio numactl-libs
            ID="amzn";ID_LIKE="fedora";VERSION_ID="2023"             => sudo dnf install -y libaio numactl-libs
            ID="opensuse-leap";ID_LIKE="suse opensuse"               => sudo zypper --non-interactive install libaio1 libnuma1
            ID=arch                                                  => sudo pacman -S --needed --noconfirm libaio numactl
            ID=haiku                                                 => install the packages that hold libaio.so.1 and libnuma.so.1
            """)
    void theCommandIsTheDistributionsOwn(String release, String command) {
        assertThat(InstallCommand.of(OsRelease.parse(release.replace(';', '\n'))))
                .isEqualTo(command);
    }

    @Test
    void debianWithoutVersionTriesBothNames() {
        assertThat(InstallCommand.of(OsRelease.parse("ID=debian\n"))).contains("libaio1t64 ||");
    }

    @Test
    void onlyLibrariesWhosePackageIsKnownAreFetched() {
        assertThat(InstallCommand.debianPackages("libaio.so.1")).containsExactly("libaio1t64", "libaio1");
        assertThat(InstallCommand.debianPackages("libnuma.so.1")).containsExactly("libnuma1");
        assertThat(InstallCommand.debianPackages("libfoo.so.7")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"libaio.so.1", "libaio.so.1t64"})
    void aLibraryIsFoundInAPackageUnderItsOldAndItsNewName(String file, @TempDir Path directory) throws IOException {
        String triplet = System.getProperty("os.arch").equals("aarch64") ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
        Path root = directory.resolve("root");
        Files.writeString(
                Files.createDirectories(root.resolve("usr/lib").resolve(triplet))
                        .resolve(file),
                "content");
        CacheDirectory cache = CacheDirectory.open(directory.resolve("cache"), line -> {});
        SharedLibraries libraries = new SharedLibraries(cache, OsRelease.parse("ID=debian\n"), line -> {});

        assertThat(libraries.environment()).isEmpty();
        assertThat(libraries.provideFrom(root, "libnuma.so.1")).isFalse();
        assertThat(libraries.provideFrom(root, "libaio.so.1")).isTrue();

        String first = libraries.environment().get("LD_LIBRARY_PATH").split(":")[0];
        assertThat(Path.of(first, "libaio.so.1")).hasContent("content");
    }

    @Test
    void aLibraryThatCannotBeHadIsAnErrorWithTheCommand(@TempDir Path directory) {
        CacheDirectory cache = CacheDirectory.open(directory, line -> {});
        SharedLibraries libraries = new SharedLibraries(cache, OsRelease.parse("ID=fedora\n"), line -> {});
        assertThatThrownBy(() -> libraries.provide("libsurely-absent.so.9"))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("libsurely-absent.so.9")
                .hasMessageEndingWith("Run: sudo dnf install -y libaio numactl-libs");
    }

    @Test
    void alpineIsToldThatItHasTheWrongLibrary(@TempDir Path directory) {
        CacheDirectory cache = CacheDirectory.open(directory, line -> {});
        assertThat(new SharedLibraries(cache, OsRelease.parse("ID=alpine\n"), line -> {}).hintWhereNothingRuns())
                .contains("glibc", "-Dtopology=external");
        assertThat(new SharedLibraries(cache, OsRelease.parse("ID=debian\n"), line -> {}).hintWhereNothingRuns())
                .isEmpty();
    }
}
