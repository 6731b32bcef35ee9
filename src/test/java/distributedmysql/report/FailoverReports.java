package distributedmysql.report;

import distributedmysql.check.IdSet;
import distributedmysql.experiment.failover.Failover;
import distributedmysql.experiment.failover.FailoverFigures;
import distributedmysql.experiment.failover.GroupPhases;
import distributedmysql.experiment.failover.InjectedFault;
import distributedmysql.experiment.failover.RanHook;
import distributedmysql.ledger.LedgerFigures;
import java.util.List;
import java.util.Map;

/** Hand-written reports of failovers for the tests of this package. */
public final class FailoverReports {
    private static final IdSet NONE = new IdSet(0, "");
    private static final IdSet LOST = new IdSet(3, "7, 101-102");

    private FailoverReports() {}

    /** Every key that there can be. */
    public static Failover full() {
        FailoverFigures.Rto rto = new FailoverFigures.Rto("a", "b", 1L, 2L, 800.5, 900.5, 20.5, 0);
        FailoverFigures figures = new FailoverFigures(ledger(), List.of(rto), List.of(LOST), NONE);
        return Failover.of(
                "after-sync",
                "the second round was not begun",
                Reports.START,
                List.of(round(800.5, 700.0), round(1_200, 900.0), round(1_000, 800.0)),
                figures,
                List.of(unfinished()),
                new LimitedByCap(500, 1_000, 20, 3.25, 12.5));
    }

    /** What became of some writes. */
    static LedgerFigures ledger() {
        return new LedgerFigures(
                new LedgerFigures.Writes(1_000, LOST, 1, 2, NONE, NONE, NONE, NONE),
                List.of(new LedgerFigures.NodeRows("node1", 998, NONE, LOST, 1, 2)),
                List.of(new LedgerFigures.ErrorCount(2, "write", "08S01/0", 90)));
    }

    private static Failover.Unfinished unfinished() {
        return new Failover.Unfinished(
                4,
                true,
                "node2",
                List.of(
                        new RanHook("external.hooks.kill", "node2 (db2:3306)", Reports.START, 0, null),
                        new RanHook(
                                "external.hooks.promote",
                                "node1 (db1:3306)",
                                Reports.START,
                                null,
                                "did not end within 30 s")),
                null,
                "node1 (db1:3306) is read-only",
                List.of("node2"),
                "start node2 (db2:3306) again");
    }

    private static Failover.Round round(double rto, Double detect) {
        Failover.Returned rebuilt = new Failover.Returned("node1", "uuid:5-7", true, 4_000.0, null);
        Failover.Returned left = new Failover.Returned("node3", "", false, null, "its replication does not run");
        return new Failover.Round(
                "node1",
                "node2",
                Reports.START,
                detect,
                150.0,
                new GroupPhases(5_000.0, 1_000.5, 200, 30.0),
                rto,
                20.5,
                900.5,
                0,
                LOST,
                "3 probes failed",
                "dead",
                true,
                Map.of("node3", "uuid:1"),
                List.of(rebuilt, left),
                new Timeline(
                        -100,
                        100,
                        List.of(10, 0, 8),
                        List.of(0, 2, 0),
                        List.of(5, 5, 5),
                        List.of(0, 0, 0),
                        List.of(new Timeline.Moment(0, "kill of node1"), new Timeline.Moment(100.5, "first write"))));
    }

    static List<InjectedFault> faults() {
        return List.of(
                new InjectedFault("kill and restart", "node1", Reports.START, Reports.START, "SIGKILL", "not healed"),
                new InjectedFault("kill and restart", "node1", null, null, "", "not possible: not ours"));
    }
}
