package distributedmysql.check;

import distributedmysql.config.Plural;
import distributedmysql.history.KeyDifference;
import distributedmysql.history.TableChecksum;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Judges the comparisons of whole tables: every replica must hold exactly what the primary holds.
 *
 * <p>INVALID if one row or definition differs, even if other tables could not be compared; UNKNOWN if nothing was
 * compared, or something not to the end. What could not be compared is named beside differences too.
 */
public final class TableChecksumCheck {
    public static final String NAME = "table checksums";

    public static final Meaning MEANING = new Meaning(
            "A replica does not hold what its primary holds: each named row differed at one and the same position.",
            "Not every row could be compared, or no table was, so replicas may or may not be equal there.",
            "If INVALID, find out who wrote on the replica, then repair or rebuild it. If UNKNOWN, remove the named"
                    + " reason (a privilege, a deadline, a lag) and compare again.");
    private static final int NAMED_KEYS = 5;
    private static final int AT_LENGTH = 3;
    private static final int NAMED_TABLES = 20;

    private TableChecksumCheck() {}

    /** Of replicas, with their primary. */
    public static CheckResult check(List<TableChecksum> checksums) {
        return check(checksums, "replica");
    }

    /** @param server what the servers are that were compared with another one, in the singular */
    public static CheckResult check(List<TableChecksum> checksums, String server) {
        List<TableChecksum> differing =
                checksums.stream().filter(TableChecksum::differs).toList();
        List<TableChecksum> incomplete = checksums.stream()
                .filter(each -> each.incomplete().isPresent() && !each.differs())
                .toList();
        String totals = totals(checksums, server);
        if (!differing.isEmpty()) {
            String notCompared =
                    incomplete.isEmpty() ? "" : "; not compared: " + named(incomplete, TableChecksumCheck::reason);
            return CheckResult.invalid(
                    NAME, named(differing, TableChecksumCheck::difference) + notCompared + " (" + totals + ")");
        }
        if (!incomplete.isEmpty()) {
            return CheckResult.unknown(NAME, named(incomplete, TableChecksumCheck::reason) + " (" + totals + ")");
        }
        return checksums.isEmpty()
                ? CheckResult.unknown(NAME, "no table was compared")
                : CheckResult.valid(NAME, totals + ", no difference");
    }

    /** A few at length, of the next ones the names, of all the number. */
    private static String named(List<TableChecksum> checksums, Function<TableChecksum, String> atLength) {
        String first = checksums.stream().limit(AT_LENGTH).map(atLength).collect(Collectors.joining("; "));
        String others = checksums.stream()
                .skip(AT_LENGTH)
                .limit(NAMED_TABLES)
                .map(TableChecksum::where)
                .collect(Collectors.joining(", "));
        int rest = checksums.size() - AT_LENGTH - NAMED_TABLES;
        return first
                + (others.isEmpty() ? "" : "; and " + others)
                + (rest > 0 ? " and " + rest + " more" : "")
                + (others.isEmpty() ? "" : ", each with its keys in tableChecksums of the JSON summary");
    }

    private static String reason(TableChecksum checksum) {
        return checksum.where() + ": " + checksum.incomplete().orElseThrow();
    }

    private static String difference(TableChecksum checksum) {
        if (checksum.definition().isPresent()) {
            return checksum.where() + ": " + checksum.definition().get();
        }
        String keys = checksum.firstDifferences().stream()
                .limit(NAMED_KEYS)
                .map(KeyDifference::toString)
                .collect(Collectors.joining(", "));
        return checksum.where() + ": " + Plural.of(checksum.differing(), "row") + " differing, " + checksum.missing()
                + " missing, "
                + checksum.extra() + " extra" + (keys.isEmpty() ? "" : "; first: " + keys)
                + checksum.incomplete()
                        .map(reason -> "; at least, because " + reason)
                        .orElse("");
    }

    private static String totals(List<TableChecksum> checksums, String server) {
        long tables = checksums.stream()
                .filter(c -> c.table() != null)
                .map(c -> c.database() + "." + c.table())
                .distinct()
                .count();
        long servers = checksums.stream()
                .filter(c -> c.table() != null)
                .map(TableChecksum::replica)
                .distinct()
                .count();
        long rows = checksums.stream().mapToLong(TableChecksum::rows).sum();
        long chunks = checksums.stream().mapToLong(TableChecksum::chunks).sum();
        // Each replica's result has what the table waited.
        long waited = checksums.stream()
                .collect(Collectors.toMap(
                        c -> c.database() + "." + c.table(), TableChecksum::throttledMillis, Math::max))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
        return Plural.of(tables, "table") + " on " + Plural.of(servers, server) + " compared, "
                + Plural.of(rows, "row") + " in " + Plural.of(chunks, "chunk")
                + (waited == 0 ? "" : ", waited " + Evidence.millis(waited * 1_000) + " because of the throttle");
    }
}
