package distributedmysql.mysql;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's version.
 *
 * @param full as the server says it, for instance {@code 8.0.33} or {@code 8.4.3-log}
 */
public record ServerVersion(int major, int minor, int patch, String full) {
    /** Below, replication has other names ({@link Capability#REPLICA_STATEMENTS}) than the monitors know. */
    private static final int[] OLDEST = {8, 0, 22};

    private static final Pattern FORM = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

    public static ServerVersion parse(String full) {
        Matcher matcher = FORM.matcher(full);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a server version: " + full);
        }
        return new ServerVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                full);
    }

    /** Why the framework cannot test such a server; empty if it can. */
    public Optional<String> unsupported() {
        if (full.contains("MariaDB")) {
            return Optional.of("it is MariaDB " + full
                    + ", whose GTIDs (domain-server-sequence) have no gtid_executed, no server_uuid and no"
                    + " WAIT_FOR_EXECUTED_GTID_SET: no check of reads or of failovers would hold");
        }
        if (!isAtLeast(OLDEST[0], OLDEST[1], OLDEST[2])) {
            return Optional.of("it is MySQL " + full + "; supported are 8.0.22 and later");
        }
        return Optional.empty();
    }

    public boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }

    public boolean isAtLeast(int otherMajor, int otherMinor, int otherPatch) {
        return isAtLeast(otherMajor, otherMinor) && (major != otherMajor || minor != otherMinor || patch >= otherPatch);
    }

    @Override
    public String toString() {
        return full;
    }
}
