package distributedmysql.experiment.sharding.transfers;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import distributedmysql.check.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the sum of all balances is conserved, as far as the way of the transfers promises. */
final class TransfersChecks {
    static final String UNPROTECTED_NAME = "transfers without protection";
    static final String XA_NAME = "transfers with XA";

    private static final String TOO_LITTLE =
            "No transfer was acknowledged, no client was killed at one of the points, or a shard could not be read.";

    static final Meaning UNPROTECTED_MEANING = new Meaning(
            "More than what the killed clients had in flight is wrong: an acknowledged transfer is not whole, one that failed is"
                    + " there, or balances are not what the transfers make of them.",
            TOO_LITTLE,
            "Look up the transfer that the evidence names in the binary logs of both shards.");
    static final Meaning XA_MEANING = new Meaning(
            "The sum of all balances is not conserved, a transfer is there by half, or one is still prepared and keeps its rows"
                    + " locked.",
            TOO_LITTLE,
            "Look up the transfer that the evidence names in the binary logs of both shards, and in XA RECOVER.");

    /** How many are named. */
    private static final int NAMED = 10;

    private TransfersChecks() {}

    static String name(Way way) {
        return way == Way.XA ? XA_NAME : UNPROTECTED_NAME;
    }

    static Meaning meaning(Way way) {
        return way == Way.XA ? XA_MEANING : UNPROTECTED_MEANING;
    }

    /**
     * INVALID names what is wrong: transfers by number and amount, accounts, what is still prepared. VALID names the transfers whose
     * amounts are lost because their client was killed between two unprotected commits. UNKNOWN if nothing was acknowledged, no client
     * was killed at one of the points, or a server could not be read.
     */
    static CheckResult check(WayRecord record) {
        String name = name(record.way());
        if (!record.isRead()) {
            return CheckResult.unknown(name, Doubt.SERVERS_FAILED, record.problem() + "; " + endings(record));
        }
        Findings findings = new Findings(record);
        CheckResult result = Evidence.judge(
                name,
                named(findings.wrong(), "; "),
                silent(record).orElse(""),
                endings(record) + "; " + sums(record, findings));
        return result.verdict() == Verdict.INVALID || record.problem().isEmpty()
                ? result
                : CheckResult.unknown(name, Doubt.SERVERS_FAILED, record.problem() + "; " + result.evidence());
    }

    private static Optional<String> silent(WayRecord record) {
        if (record.count(TransferEnding.ACKNOWLEDGED) == 0) {
            return Optional.of("no transfer was acknowledged");
        }
        return record.way().killPoints().stream()
                .filter(point -> record.killed(point) == 0)
                .map(point -> "no client was killed " + point.words())
                .findFirst();
    }

    private static String endings(WayRecord record) {
        return Evidence.count(record.ended().size(), "transfer") + ": "
                + Stream.concat(
                                Stream.of(
                                                TransferEnding.ACKNOWLEDGED,
                                                TransferEnding.ROLLED_BACK,
                                                TransferEnding.FAILED,
                                                TransferEnding.UNKNOWN)
                                        .map(ending -> record.count(ending) + " " + ending.words()),
                                record.way().killPoints().stream()
                                        .map(point -> record.killed(point) + " killed " + point.words()))
                        .collect(Collectors.joining(", "));
    }

    private static String sums(WayRecord record, Findings findings) {
        List<String> halves = findings.halfDone().stream()
                .map(ended ->
                        ended.transfer().number() + " of " + ended.transfer().amount())
                .toList();
        return "the sum is " + record.sumAfter() + " after " + record.sumBefore()
                + (halves.isEmpty()
                        ? ""
                        : "; lost by " + Evidence.count(halves.size(), "half transfer") + ": " + named(halves, ", "));
    }

    private static String named(List<String> all, String separator) {
        String first = all.stream().limit(NAMED).collect(Collectors.joining(separator));
        return all.size() <= NAMED ? first : first + separator + "and " + (all.size() - NAMED) + " more";
    }
}
