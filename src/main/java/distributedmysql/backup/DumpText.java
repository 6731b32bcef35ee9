package distributedmysql.backup;

import distributedmysql.mysql.GtidSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What mysqldump says of its dump, at the beginning and at the end. */
final class DumpText {
    /** In which the set of GTIDs is, even one of thousands of servers. */
    static final int HEADER_BYTES = 1 << 20;

    private static final Pattern GTIDS = Pattern.compile("GTID_PURGED\\s*=\\s*(?:/\\*!80000 '\\+'\\*/)?\\s*'([^']*)'");
    private static final Pattern DATABASE = Pattern.compile("(?m)^-- Host: .*Database: +(\\S.*)$");
    private static final String LAST_LINE = "-- Dump completed";

    private DumpText() {}

    /**
     * Of all that had been executed at the dump's moment.
     *
     * @throws BackupException if it does not say so
     */
    static GtidSet gtids(String header) {
        return findGtids(header)
                .orElseThrow(() ->
                        new BackupException("mysqldump does not say which GTIDs its dump holds; gtid_mode must be ON"));
    }

    /** The same of a dump that need not say so. */
    static Optional<GtidSet> findGtids(String header) {
        Matcher matcher = GTIDS.matcher(header);
        return matcher.find() ? Optional.of(GtidSet.parse(matcher.group(1))) : Optional.empty();
    }

    /** The only one that it has, without saying so in a statement: {@code mysqldump shop} expects that somebody has made it. */
    static Optional<String> database(String header) {
        Matcher matcher = DATABASE.matcher(header);
        return matcher.find() && !header.contains("\nUSE `")
                ? Optional.of(matcher.group(1).strip())
                : Optional.empty();
    }

    /** The last bytes of what goes by. */
    static final class End {
        private static final int KEPT = 200;

        private byte[] last;

        End(byte[] first) {
            last = Arrays.copyOfRange(first, Math.max(0, first.length - KEPT), first.length);
        }

        void add(byte[] bytes, int count) {
            byte[] both = Arrays.copyOf(last, last.length + count);
            System.arraycopy(bytes, 0, both, last.length, count);
            last = Arrays.copyOfRange(both, Math.max(0, both.length - KEPT), both.length);
        }

        boolean isComplete() {
            return new String(last, StandardCharsets.UTF_8).contains(LAST_LINE);
        }
    }
}
