package distributedmysql.check;

import distributedmysql.history.KeyDifference;
import distributedmysql.history.TableChecksum;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Judges the comparisons of whole tables: every replica must hold exactly what the primary holds.
 *
 * <p>INVALID if one row or definition differs, even if other tables could not be compared; UNKNOWN if nothing was
 * compared, or something not to the end.
 */
public final class TableChecksumCheck {
    public static final String NAME = "table checksums";
    private static final int NAMED_KEYS = 5;

    private TableChecksumCheck() {}

    public static CheckResult check(List<TableChecksum> checksums) {
        if (checksums.isEmpty()) {
            return CheckResult.unknown(NAME, "no table was compared");
        }
        String totals = totals(checksums);
        List<TableChecksum> differing =
                checksums.stream().filter(TableChecksum::differs).toList();
        if (!differing.isEmpty()) {
            String others = differing.size() == 1 ? "" : "; and " + (differing.size() - 1) + " more";
            return CheckResult.invalid(NAME, difference(differing.get(0)) + others + " (" + totals + ")");
        }
        Optional<TableChecksum> incomplete =
                checksums.stream().filter(c -> c.incomplete().isPresent()).findFirst();
        if (incomplete.isPresent()) {
            return CheckResult.unknown(
                    NAME,
                    where(incomplete.get()) + ": "
                            + incomplete.get().incomplete().orElseThrow() + " (" + totals + ")");
        }
        return CheckResult.valid(NAME, totals + ", no difference");
    }

    private static String difference(TableChecksum checksum) {
        if (checksum.definition().isPresent()) {
            return where(checksum) + ": " + checksum.definition().get();
        }
        String keys = checksum.firstDifferences().stream()
                .limit(NAMED_KEYS)
                .map(KeyDifference::toString)
                .collect(Collectors.joining(", "));
        return where(checksum) + ": " + checksum.differing() + " rows differing, " + checksum.missing() + " missing, "
                + checksum.extra() + " extra" + (keys.isEmpty() ? "" : "; first: " + keys)
                + checksum.incomplete()
                        .map(reason -> "; at least, because " + reason)
                        .orElse("");
    }

    private static String where(TableChecksum checksum) {
        return checksum.database() + "." + checksum.table() + " on " + checksum.replica();
    }

    private static String totals(List<TableChecksum> checksums) {
        long tables = checksums.stream()
                .map(c -> c.database() + "." + c.table())
                .distinct()
                .count();
        long replicas =
                checksums.stream().map(TableChecksum::replica).distinct().count();
        long rows = checksums.stream().mapToLong(TableChecksum::rows).sum();
        long chunks = checksums.stream().mapToLong(TableChecksum::chunks).sum();
        return tables + " tables on " + replicas + " replicas compared, " + rows + " rows in " + chunks + " chunks";
    }
}
