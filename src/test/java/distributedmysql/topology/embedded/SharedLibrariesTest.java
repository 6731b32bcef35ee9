package distributedmysql.topology.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
