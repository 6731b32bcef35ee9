package distributedmysql.report.html;

import distributedmysql.report.MachineLines;
import distributedmysql.report.MachineUse;
import distributedmysql.report.RunReport;
import distributedmysql.report.ToolVersions;
import distributedmysql.report.html.Page.Pair;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The machine that the load came from.
 *
 * @param lines what it is
 * @param use what it did
 * @param busy the parts of the run whose figures it may have spoilt
 */
record MachineView(
        List<String> lines, List<Pair> use, List<MachineUse.Spoilt> busy, List<Pair> versions, List<PlotView> plots) {
    static MachineView of(RunReport report, List<PlotView> plots) {
        MachineUse use = report.machine() == null ? null : report.machine().use();
        return new MachineView(
                MachineLines.where(report.machine()),
                use == null ? List.of() : use(use),
                use == null ? List.of() : use.busy(),
                versions(report),
                plots);
    }

    private static List<Pair> use(MachineUse use) {
        List<Pair> pairs = new ArrayList<>();
        MachineUse.Processors processors = use.processors();
        percent(pairs, "Processors busy", processors.busyPercent());
        percent(pairs, "of it the load generator", processors.clientPercent());
        percent(pairs, "of it the servers under test", processors.serversPercent());
        percent(pairs, "of it all other processes", processors.othersPercent());
        percent(pairs, "Taken by the host for other virtual machines", processors.stealPercent());
        percent(pairs, "Some process waited for memory", use.waits().memoryPercent());
        percent(
                pairs,
                "The container had used up its processor limit",
                use.waits().throttledPercent());
        percent(
                pairs,
                "The generator stood still for garbage collection",
                use.waits().collectionPercent());
        pairs.add(new Pair(
                "Longest stall of the generator", Words.millis(use.waits().longestStallMillis() * 1e3)));
        return pairs;
    }

    private static void percent(List<Pair> pairs, String name, @Nullable Double percent) {
        if (percent != null) {
            pairs.add(new Pair(name, Words.format("%.1f %%", percent)));
        }
    }

    private static List<Pair> versions(RunReport report) {
        List<Pair> pairs = new ArrayList<>();
        ToolVersions versions = report.run().toolVersions();
        pair(pairs, "Framework", versions.framework());
        pair(pairs, "Commit", report.run().gitCommit());
        pair(pairs, "Gatling", versions.gatling());
        pair(pairs, "MySQL Connector/J", versions.connectorJ());
        pair(pairs, "HikariCP", versions.hikariCP());
        pair(pairs, "Java", versions.java());
        pair(pairs, "Operating system", versions.os());
        return pairs;
    }

    private static void pair(List<Pair> pairs, String name, @Nullable String value) {
        if (value != null) {
            pairs.add(new Pair(name, value));
        }
    }
}
