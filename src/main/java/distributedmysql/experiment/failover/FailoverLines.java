package distributedmysql.experiment.failover;

import distributedmysql.ledger.LedgerFigures;
import distributedmysql.report.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the end of the console says of failovers. */
final class FailoverLines {
    private FailoverLines() {}

    /**
     * Of one replication mode; what was left unfinished comes last.
     *
     * @param shard whose primaries were killed; null where there is only one
     * @param mark behind figures that the machine may have spoilt; empty if it has not
     */
    static List<String> of(Failover failover, @Nullable String shard, String mark) {
        if (failover.wasImpossible()) {
            // Its checks are among those that were not run, with the reason.
            return List.of();
        }
        String name = "Failover " + failover.mode() + (shard == null ? "" : " of " + shard) + ": ";
        boolean once = failover.rounds().size() == 1;
        List<String> lines = new ArrayList<>();
        if (failover.rounds().isEmpty()) {
            lines.add(name + "not measured: " + Texts.oneLine(failover.reason()));
        } else {
            lines.add(name
                    + "writes down " + downtime(failover.rtoMillis(), once)
                    + failedAfter(failover.rounds())
                    + ", reads " + downtime(failover.readRtoMillis(), once)
                    + ", " + lost(failover.rpo())
                    + mark);
            String phases = GroupPhases.line(
                    failover.rounds().stream().map(Failover.Round::phases).collect(Collectors.toList()));
            if (!phases.isEmpty()) {
                lines.add(phases);
            }
        }
        if (failover.limitedByCap() != null) {
            lines.add(failover.limitedByCap().warning("failover " + failover.mode()));
        }
        if (failover.unfinished() != null) {
            failover.unfinished().forEach(round -> addUnfinished(round, lines));
        }
        return lines;
    }

    /** A group that takes a member back in can be so slow that writes fail again. */
    private static String failedAfter(List<Failover.Round> rounds) {
        long failed = rounds.stream().mapToLong(Failover.Round::failedAfter).sum();
        return failed == 0 ? "" : " and then " + failed + " more failed";
    }

    private static String lost(LedgerFigures.Writes rpo) {
        if (rpo == null) {
            return "an unknown number of acknowledged writes lost";
        }
        long unknown = rpo.unknownSurvived() + rpo.unknownVanished();
        return rpo.lost().count() + " of " + rpo.acknowledged() + " acknowledged writes lost"
                + (unknown == 0 ? "" : "; " + unknown + " more of unknown outcome");
    }

    private static void addUnfinished(Failover.Unfinished round, List<String> lines) {
        String hooks = round.hooks().stream()
                .map(run -> run.hook() + " for " + run.node() + ": "
                        + (run.exitCode() == null ? run.problem() : "exit code " + run.exitCode()))
                .collect(Collectors.joining("; "));
        lines.add("  round " + round.round() + (round.interrupted() ? " was interrupted" : " failed")
                + "; hooks that ran: " + (hooks.isEmpty() ? "none" : hooks));
        lines.add("  primary now: "
                + (round.primary() == null
                        ? "unknown, because " + Texts.oneLine(round.primaryUnknown())
                        : round.primary() + (round.primary().equals(round.former()) ? ", as before" : ""))
                + "; stopped: "
                + (round.stopped().isEmpty() ? "none" : String.join(", ", round.stopped())));
        lines.add("  next: " + round.next());
    }

    private static String downtime(Failover.Spread millis, boolean once) {
        if (millis == null) {
            return "for an unknown time";
        }
        String worst = once ? "" : String.format(Locale.ROOT, " (worst %.0f)", millis.worst());
        return String.format(Locale.ROOT, "%.0f ms", millis.median()) + worst;
    }
}
