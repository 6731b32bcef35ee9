package distributedmysql.topology.embedded;

import distributedmysql.mysql.TopologyException;
import java.util.Locale;

/** Which build of the server this machine runs. */
record Platform(String classifier) {

    /** @throws TopologyException if there is no build for this operating system and processor */
    static Platform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Platform of(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "mac" : "";
        String processor = switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "aarch64";
            default -> "";
        };
        if (system.isEmpty() || processor.isEmpty()) {
            throw new TopologyException("There is no embedded MySQL for " + osName + " on " + osArch
                    + " (only for Linux and macOS on x86_64 and aarch64). Use a server of your own:"
                    + " -Dembedded.basedir=/path/to/mysql, or -Dtopology=external");
        }
        return new Platform(system + "-" + processor);
    }
}
