package distributedmysql.topology;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's version.
 *
 * @param full as the server says it, for instance {@code 8.0.33} or {@code 8.4.3-log}
 */
public record ServerVersion(int major, int minor, int patch, String full) {
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
