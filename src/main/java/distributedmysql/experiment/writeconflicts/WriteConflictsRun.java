package distributedmysql.experiment.writeconflicts;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.Plural;
import distributedmysql.experiment.writeconflicts.WriteConflictsSection.Turn;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Node;
import distributedmysql.report.Section;
import distributedmysql.run.Check;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.run.Timing;
import distributedmysql.topology.Await;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** Turn by turn, on a group in multi-primary mode; on other servers its check is not run. */
final class WriteConflictsRun implements ExperimentRun {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final TestRun run;
    private final WriteConflictsSettings settings;
    private final CounterTable table;
    private final Increments increments = new Increments();
    private final List<ConflictLoad> loads;
    /** In the end, by member. */
    private final Map<String, Map<Counter, Long>> values = new ConcurrentSkipListMap<>();

    WriteConflictsRun(TestRun run) {
        this.run = run;
        this.settings = run.settings().of(WriteConflictsSettings.class);
        this.table =
                new CounterTable(MarkedDatabase.quoted(run.settings().data().database()));
        this.loads = run.replicaSet().isMultiPrimary()
                ? settings.keys().stream()
                        .map(keys -> new ConflictLoad(run, keys, table, increments))
                        .toList()
                : List.of();
    }

    @Override
    public List<Step> steps() {
        if (loads.isEmpty()) {
            run.notRun(List.of(IncrementsCheck.NAME), ReplicaSet.NOT_MULTI_PRIMARY);
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        steps.add(run.alone("write conflicts: making the table", PlannedTime.BETWEEN, this::prepare));
        loads.forEach(load -> steps.addAll(load.steps()));
        steps.add(run.alone("write conflicts: reading every member", PlannedTime.BETWEEN, this::read));
        steps.add(run.judge(List.of(
                new Check(IncrementsCheck.NAME, IncrementsCheck.MEANING, this::check).ofEvidence(this::times))));
        return steps;
    }

    /** All members have the table before the first of them writes to it: DDL of one and writes of another are not kept apart. */
    private void prepare() {
        table.create(run.replicaSet().primary(), settings.keys());
        Replication.awaitConvergence(run.replicaSet(), DEADLINE);
        run.replicaSet()
                .nodes()
                .forEach(node -> Await.until(
                        node + ": to take writes",
                        DEADLINE,
                        () -> Replication.takesWrites(node),
                        () -> "it is read-only"));
    }

    private void read() {
        Replication.awaitConvergence(run.replicaSet(), DEADLINE);
        for (Node node : run.replicaSet().nodes()) {
            values.put(node.name(), table.read(node));
        }
    }

    private CheckResult check() {
        return values.size() < run.replicaSet().nodes().size()
                ? CheckResult.unknown(
                        IncrementsCheck.NAME,
                        Doubt.NOT_PLAYED,
                        "the counters were read on " + values.size() + " of "
                                + Plural.of(run.replicaSet().nodes().size(), "member"))
                : IncrementsCheck.check(settings.keys(), increments.told(), increments.notApplied(), values);
    }

    private List<Timing> times() {
        return loads.stream()
                .filter(load -> load.time() != null)
                .map(load -> new Timing(load.name(), load.time(), Timing.SOME))
                .toList();
    }

    @Override
    public Optional<Section> section(Set<String> busy) {
        List<Turn> turns =
                loads.stream().map(ConflictLoad::turn).filter(Objects::nonNull).toList();
        return turns.isEmpty() ? Optional.empty() : Optional.of(new WriteConflictsSection(settings.clients(), turns));
    }

    @Override
    public void close() {
        loads.forEach(ConflictLoad::close);
    }
}
