package distributedmysql.experiment.groupconsistency;

import distributedmysql.check.Estimate;
import distributedmysql.check.Interval;
import distributedmysql.experiment.groupconsistency.GroupConsistencySection.Fresh;
import distributedmysql.experiment.groupconsistency.GroupConsistencySection.LevelReport;
import distributedmysql.report.LatencySummary;
import java.util.List;

/** For tests of reports. */
public final class GroupConsistencyReports {
    private GroupConsistencyReports() {}

    /** Every key that there can be. */
    public static GroupConsistencySection full() {
        LatencySummary micros = new LatencySummary(1, 2.5, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000);
        Fresh fresh = new Fresh("node2", 0.5, 100, 90, 0.9, new Interval(0.8, 0.95), 1);
        Fresh none = new Fresh("node3", 0.5, 0, 0, null, null, 3);
        List<MemberQueues.Queues> queues = List.of(
                new MemberQueues.Queues("node1", 1, 0, false, 10),
                new MemberQueues.Queues("node2", 0, 30_000, true, 10));
        return new GroupConsistencySection(
                Level.EVENTUAL,
                List.of(
                        new LevelReport(
                                Level.EVENTUAL,
                                800,
                                micros,
                                micros,
                                null,
                                null,
                                0,
                                100,
                                10,
                                List.of(fresh, none),
                                queues),
                        new LevelReport(
                                Level.AFTER,
                                400.5,
                                micros,
                                null,
                                new Estimate(1_000, 900, 1_100),
                                new Estimate(-1, -2, 3),
                                2,
                                0,
                                0,
                                List.of(none),
                                List.of())));
    }
}
