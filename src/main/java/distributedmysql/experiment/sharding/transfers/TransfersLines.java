package distributedmysql.experiment.sharding.transfers;

import distributedmysql.config.Plural;
import distributedmysql.experiment.sharding.transfers.TransfersSection.WayReport;
import distributedmysql.report.LatencySummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What the console says of transfers. */
final class TransfersLines {
    /** How many half transfers are named. */
    private static final int NAMED = 10;

    private TransfersLines() {}

    static List<String> of(TransfersSection section, UnaryOperator<String> mark) {
        List<String> lines = new ArrayList<>();
        lines.add("Transfers across shards (" + Plural.of(section.clients(), "client") + ", "
                + Plural.of(section.accounts(), "account") + "):");
        lines.add(String.format(
                Locale.ROOT,
                "  %-12s%15s %19s %11s%13s%12s%8s%9s",
                "way",
                "acknowledged/s",
                "p50/p95/p99 ms",
                "with kills",
                "acknowledged",
                "rolled back",
                "failed",
                "unknown"));
        section.ways().forEach(way -> lines.add(figures(way) + mark.apply(title(way))));
        section.ways().forEach(way -> lines.add("  " + way.way() + ": " + killed(way) + sums(way) + recovery(way)));
        return lines;
    }

    private static String title(WayReport way) {
        return Way.valueOf(way.way().toUpperCase(Locale.ROOT)).title();
    }

    private static String figures(WayReport way) {
        return String.format(
                Locale.ROOT,
                "  %-12s%15.0f %19s %11.0f%13d%12d%8d%9d",
                way.way(),
                way.perSecond(),
                latency(way.micros()),
                way.perSecondWithKills(),
                way.acknowledged(),
                way.rolledBack(),
                way.failed(),
                way.unknown());
    }

    private static String latency(LatencySummary micros) {
        return micros == null
                ? "-"
                : String.format(
                        Locale.ROOT, "%.1f/%.1f/%.1f", micros.p50() / 1e3, micros.p95() / 1e3, micros.p99() / 1e3);
    }

    private static String killed(WayReport way) {
        return "clients killed "
                + way.killed().stream()
                        .map(at -> at.point() + ": " + at.clients())
                        .collect(Collectors.joining(", "));
    }

    private static String sums(WayReport way) {
        String sum = "; sum of balances: " + way.sumBefore() + " before, "
                + (way.sumAfter() == null ? "not read" : way.sumAfter().toString()) + " after";
        if (way.halfTransfers() == 0) {
            return sum;
        }
        return sum + ", lost: " + way.lost() + " in "
                + Plural.of(way.halfTransfers(), "half transfer") + " ("
                + way.lostTransfers().stream()
                        .limit(NAMED)
                        .map(half -> half.number() + " of " + half.amount())
                        .collect(Collectors.joining(", "))
                + (way.halfTransfers() > NAMED ? ", …)" : ")");
    }

    private static String recovery(WayReport way) {
        return way.recovery() == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; recovered in %.0f ms, transfers committed: %d, rolled back: %d",
                        way.recovery().micros() / 1e3,
                        way.recovery().committed(),
                        way.recovery().rolledBack());
    }
}
