package distributedmysql.topology.embedded;

import java.util.List;

/** The one command with which a user installs the libraries that mysqld needs, by distribution. */
final class InstallCommand {
    private static final String OTHER = "install the packages that hold libaio.so.1 and libnuma.so.1";

    private InstallCommand() {}

    /** A command, or, for a distribution that is not known, what to install. */
    static String of(OsRelease os) {
        for (String family : os.families()) {
            String command = switch (family) {
                case "debian", "ubuntu" -> debian(os, family);
                case "amzn" -> "sudo dnf install -y libaio numactl-libs";
                case "fedora", "rhel", "centos" -> "sudo dnf install -y libaio numactl-libs";
                case "suse", "opensuse", "sles" -> "sudo zypper --non-interactive install libaio1 libnuma1";
                case "arch" -> "sudo pacman -S --needed --noconfirm libaio numactl";
                default -> "";
            };
            if (!command.isEmpty()) {
                return command;
            }
        }
        return OTHER;
    }

    /** Debian 13 and Ubuntu 24.04 renamed the package: https://wiki.debian.org/ReleaseGoals/64bit-time. */
    private static String debian(OsRelease os, String family) {
        boolean itself = os.families().indexOf(family) == 0;
        String install = "sudo apt-get install -y ";
        if (!itself || !os.version().matches("\\d+(\\.\\d+)?")) {
            return install + "libnuma1 libaio1t64 || " + install + "libnuma1 libaio1";
        }
        double renamedIn = family.equals("debian") ? 13 : 24.04;
        boolean renamed = Double.parseDouble(os.version()) >= renamedIn;
        return install + (renamed ? "libaio1t64" : "libaio1") + " libnuma1";
    }

    /** The packages that may hold a library on Debian and what is like it, the likeliest first. */
    static List<String> debianPackages(String library) {
        return switch (library) {
            case "libaio.so.1" -> List.of("libaio1t64", "libaio1");
            case "libnuma.so.1" -> List.of("libnuma1");
            default -> List.of();
        };
    }
}
