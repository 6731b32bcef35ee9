package distributedmysql.experiment.groupconsistency;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.config.PlannedTime;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.report.Section;
import distributedmysql.run.Check;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.run.Timing;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Level by level, on a group; on other servers its checks are not run. */
final class GroupConsistencyRun implements ExperimentRun {
    private static final Duration TABLE_DEADLINE = Duration.ofSeconds(30);

    private final TestRun run;
    private final GroupConsistencySettings settings;
    private final GroupTable table;
    private final Optional<String> impossible;
    private final List<LevelLoad> loads;
    private volatile Level ofServers;
    private volatile List<String> secondaries = List.of();

    GroupConsistencyRun(TestRun run) {
        this.run = run;
        this.settings = run.settings().of(GroupConsistencySettings.class);
        this.table = new GroupTable(MarkedDatabase.quoted(run.settings().data().database()));
        AtomicLong ids = new AtomicLong();
        this.impossible =
                run.replicaSet().isGroup() ? run.servers().access().unwritable() : Optional.of(ReplicaSet.NO_GROUP);
        this.loads = impossible.isEmpty()
                ? Stream.of(Level.values())
                        .map(level -> new LevelLoad(run, level, table, ids))
                        .toList()
                : List.of();
    }

    @Override
    public List<Step> steps() {
        if (impossible.isPresent()) {
            run.notRun(
                    GroupConsistencyChecks.judged().stream()
                            .map(GroupConsistencyChecks::name)
                            .toList(),
                    impossible.get());
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        steps.add(run.alone("group consistency: making the table", PlannedTime.BETWEEN, this::prepare));
        loads.forEach(load -> steps.addAll(load.steps()));
        steps.add(run.judge(checks()));
        return steps;
    }

    private void prepare() {
        Node primary = run.replicaSet().primary();
        table.create(primary);
        Replication.awaitConvergence(run.replicaSet(), TABLE_DEADLINE);
        ofServers = Level.valueOf(Mysql.text(primary, "SELECT @@global.group_replication_consistency"));
        secondaries = run.replicaSet().replicas().stream().map(Node::name).toList();
    }

    private List<Check> checks() {
        return loads.stream()
                .filter(load -> load.level().promisesFreshReads())
                .map(load -> new Check(
                                GroupConsistencyChecks.name(load.level()),
                                GroupConsistencyChecks.MEANING,
                                () -> check(load))
                        .ofEvidence(() -> times(load)))
                .toList();
    }

    private CheckResult check(LevelLoad load) {
        return load.time() == null
                ? CheckResult.unknown(
                        GroupConsistencyChecks.name(load.level()), Doubt.NOT_PLAYED, "the level did not run to its end")
                : GroupConsistencyChecks.check(
                        load.level(), load.record().reads(), secondaries, delays(), settings.minSamples());
    }

    private List<Long> delays() {
        return settings.delays().stream().map(delay -> delay.toNanos() / 1_000).toList();
    }

    private static List<Timing> times(LevelLoad load) {
        return load.time() == null ? List.of() : List.of(new Timing(load.name(), load.time(), Timing.SOME));
    }

    @Override
    public Optional<Section> section(Set<String> busy) {
        List<LevelLoad> played =
                loads.stream().filter(load -> load.time() != null).toList();
        return played.isEmpty()
                ? Optional.empty()
                : Optional.of(new GroupConsistencySection(
                        ofServers, LevelReports.of(played, ofServers, secondaries, delays())));
    }

    @Override
    public void close() {
        loads.forEach(LevelLoad::close);
    }
}
