package distributedmysql.experiment.writeconflicts;

import distributedmysql.check.Interval;
import distributedmysql.experiment.writeconflicts.WriteConflictsSection.Member;
import distributedmysql.experiment.writeconflicts.WriteConflictsSection.Turn;
import distributedmysql.report.LatencySummary;
import java.util.List;

/** For tests of reports. */
public final class WriteConflictsReports {
    private WriteConflictsReports() {}

    /** Every key that there can be. */
    public static WriteConflictsSection full() {
        LatencySummary micros = new LatencySummary(1, 2.5, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000);
        List<Member> members = List.of(new Member("node1", 60, 20, 1, 40L), new Member("node2", 40, 20, 0, null));
        return new WriteConflictsSection(
                4,
                List.of(
                        new Turn(
                                1,
                                33.25,
                                100,
                                40,
                                1,
                                2,
                                3,
                                40.0 / 141,
                                new Interval(0.2, 0.36),
                                micros,
                                micros,
                                members),
                        new Turn(10_000, 0, 0, 0, 0, 0, 0, null, null, null, null, List.of())));
    }
}
