package distributedmysql.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Operations of every form, for the tests of this package. */
final class Samples {
    static final Header HEADER = new Header(
            Instant.parse("2026-01-02T03:04:05.678901Z"),
            "node1",
            List.of("node2", "node3"),
            new Plan(
                    Set.of(Probe.DELAYED_READ, Probe.FINAL_READ),
                    Set.of(Strategy.REPLICA, Strategy.GTID_WAIT),
                    List.of(0L, 500L, 1_000_000L),
                    80),
            Map.of("consistency.deadline", "10s", "profile", "Prüfung \"ü\"\n"));

    private Samples() {}

    static List<Operation> ofEveryForm() {
        Invocation call = new Invocation(7, Probe.SESSION, -3, "node1", 0, Long.MAX_VALUE);
        Invocation read =
                new Invocation(Long.MIN_VALUE, Probe.DELAYED_READ, Long.MAX_VALUE, "node \"2\"\n", 1_500, 1_900);
        Completion broken = new Completion(Outcome.UNKNOWN, "08S01", 2013);
        Read.After after = new Read.After(4, 1_400, 100);
        return List.of(
                new Write(call, Completion.OK, 1, "3E11FA47-71CA-11E1-9E33-C80AA9429562:23"),
                new Write(call, new Completion(Outcome.FAIL, "40001", 1213), 2, ""),
                new Write(call, broken, 3, "", new Write.Basis(0, 5)),
                new Read(read, Completion.OK, Strategy.REPLICA, after, new Read.Answer(4, true), Read.GtidWait.NONE),
                new Read(read, Completion.OK, Strategy.STICKY, after, new Read.Answer(3, false), Read.GtidWait.NONE),
                new Read(read, Completion.OK, Strategy.PRIMARY, after, Read.Answer.MISSING, Read.GtidWait.NONE),
                new Read(read, broken, Strategy.GTID_WAIT, after, Read.Answer.NONE, new Read.GtidWait(9, true)),
                new Read(
                        call,
                        Completion.OK,
                        Strategy.GTID_WAIT,
                        Read.After.NOTHING,
                        Read.Answer.MISSING,
                        new Read.GtidWait(9, false)));
    }

    static List<Operation> many(int count) {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            operations.add(ofEveryForm().get(i % ofEveryForm().size()));
        }
        return operations;
    }
}
