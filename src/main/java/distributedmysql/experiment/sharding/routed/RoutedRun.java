package distributedmysql.experiment.sharding.routed;

import static distributedmysql.gatling.SqlDsl.sql;
import static distributedmysql.gatling.SqlDsl.update;
import static io.gatling.javaapi.core.CoreDsl.doSwitch;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.onCase;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;

import distributedmysql.config.PlannedTime;
import distributedmysql.gatling.RoutedUser;
import distributedmysql.load.record.StagePlan;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.report.Stage;
import distributedmysql.run.Check;
import distributedmysql.run.Part;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Choice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Saves and loads at a rate: routed by the shard map, and then the same on one server. Thread-safe. */
public final class RoutedRun implements Part {
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final String SAVES = "saves";
    private static final String LOGS = "save_logs";
    /** Of tables that are on one server. */
    private static final String OF_ALL = "_of_all";

    private final TestRun run;
    private final RoutedSettings settings;
    private final Shards shards;
    private final SavesTable sharded;
    private final SavesTable onOne;
    private final DailyLogs logs;
    private final DailyLogs logsOnOne;
    private final Saves saves;
    private final List<StageRecorder> recorders = new ArrayList<>();

    /** Asks no server for anything yet. */
    public RoutedRun(TestRun run, RoutedSettings settings) {
        this.run = run;
        this.settings = settings;
        this.shards = run.shards();
        String database = run.settings().data().database();
        this.sharded = SavesTable.of(database, SAVES);
        this.onOne = SavesTable.of(database, SAVES + OF_ALL);
        this.logs = DailyLogs.of(database, LOGS);
        this.logsOnOne = DailyLogs.of(database, LOGS + OF_ALL);
        this.saves = new Saves(settings.players());
    }

    /** That it may make; of logs, those of today and the next days. */
    public static List<String> tables() {
        return Stream.of(
                        List.of(SAVES, SAVES + OF_ALL),
                        DailyLogs.of("", LOGS).tables(),
                        DailyLogs.of("", LOGS + OF_ALL).tables())
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public List<Step> steps() {
        Optional<String> impossible =
                shards.areSeveral() ? run.servers().access().unwritable() : Optional.of(Shards.ONLY_ONE);
        if (impossible.isPresent()) {
            run.notRun(List.of(RoutedChecks.NAME), impossible.get());
            return List.of();
        }
        Saves ofOne = new Saves(settings.players());
        return List.of(
                run.alone("save and load: making the tables", PlannedTime.BETWEEN, this::prepare),
                stage(open("save and load, all shards"), sharded, logs, saves, "#{" + Saves.PLAYER + "}"),
                stage(open("save and load, one server").onOneShard(), onOne, logsOnOne, ofOne, keyOfFirst()),
                run.alone("save and load: reading every server", PlannedTime.BETWEEN, this::read),
                run.judge(List.of(new Check(
                        RoutedChecks.NAME,
                        RoutedChecks.MEANING,
                        () -> RoutedChecks.check(
                                saves, saves.contents(), player -> shards.map().shardOf(player))))));
    }

    private void prepare() {
        warnOfEmptyShards();
        for (int shard = 0; shard < shards.all().size(); shard++) {
            int own = shard;
            Node primary = shards.all().get(shard).primary();
            logs.create(primary);
            sharded.create(
                    primary,
                    players()
                            .filter(player -> shards.map().shardOf(player) == own)
                            .collect(BitSet::new, BitSet::set, BitSet::or));
        }
        Node first = shards.all().get(0).primary();
        logsOnOne.create(first);
        onOne.create(first, players().collect(BitSet::new, BitSet::set, BitSet::or));
        shards.all().forEach(set -> Replication.awaitConvergence(set, DEADLINE));
    }

    /** Ranges, for instance, may be of other keys than there are players. */
    private void warnOfEmptyShards() {
        IntStream.range(0, shards.map().shards())
                .filter(shard -> players().noneMatch(player -> shards.map().shardOf(player) == shard))
                .forEach(shard -> run.say("save and load: warning: by the shard map " + Shards.name(shard)
                        + " has none of the players 1 to " + settings.players() + ", so it gets no load"));
    }

    private IntStream players() {
        return IntStream.rangeClosed(1, settings.players());
    }

    /** By which everything goes to the first shard. */
    private long keyOfFirst() {
        return LongStream.iterate(1, key -> key + 1)
                .filter(key -> shards.map().shardOf(key) == 0)
                .findFirst()
                .orElseThrow();
    }

    private StagePlan open(String name) {
        return StagePlan.open(name, "routed", settings.rate(), settings.phases());
    }

    private Step stage(StagePlan plan, SavesTable table, DailyLogs dailyLogs, Saves counted, Object shardKey) {
        recorders.add(run.record(plan, List.of(plan.name())));
        RoutedUser user =
                new RoutedUser(run.connections(), run.settings().connection().poolSize());
        ChainBuilder requests = randomSwitch()
                .on(
                        percent(50).then(save(table, counted, dailyLogs, shardKey)),
                        percent(50)
                                .then(RoutedUser.fed(counted.toLoad())
                                        .exec(sql("load")
                                                .onReplica()
                                                .query(table.load(), "#{" + Saves.PLAYER + "}")
                                                .shardKey(shardKey))));
        return new Step(plan, List.of(user.open(plan, requests)));
    }

    private static ChainBuilder save(SavesTable table, Saves counted, DailyLogs dailyLogs, Object shardKey) {
        Choice.WithKey[] days = IntStream.range(0, DailyLogs.DAYS)
                .mapToObj(day -> onCase(day)
                        .then(exec(sql("save")
                                .onPrimary()
                                .transaction(
                                        update(table.save(), "#{" + Saves.STATE + "}", "#{" + Saves.PLAYER + "}"),
                                        update(
                                                dailyLogs.insert(day),
                                                "#{" + Saves.PLAYER + "}",
                                                "#{" + Saves.TIME + "}"))
                                .shardKey(shardKey)
                                .check(counted.acknowledge()))))
                .toArray(Choice.WithKey[]::new);
        return RoutedUser.fed(counted.toSave(dailyLogs))
                .exec(doSwitch("#{" + Saves.DAY + "}").on(days));
    }

    private void read() {
        for (int shard = 0; shard < shards.all().size(); shard++) {
            ReplicaSet set = shards.all().get(shard);
            boolean caughtUp = attempt(() -> Replication.awaitConvergence(set, DEADLINE));
            // What a replica lacks that has not caught up is not lost.
            for (Node node : caughtUp ? set.nodes() : List.of(set.primary())) {
                int number = shard;
                attempt(() -> saves.holds(
                        new Saves.Contents(number, node.name(), sharded.read(node), Optional.of(logs.read(node)))));
            }
        }
    }

    private boolean attempt(Runnable step) {
        try {
            Ending.refuse("reading what every server has");
            step.run();
            return true;
        } catch (TopologyException e) {
            saves.unread(e.getMessage());
            return false;
        }
    }

    /** What was measured so far; empty as long as there is nothing. */
    public Optional<RoutedSection> section() {
        return recorders.isEmpty()
                ? Optional.empty()
                : RoutedSection.of(stage(0), stage(1), shards.all().size());
    }

    private Optional<Stage> stage(int turn) {
        return recorders.get(turn).measured().map(Stage::of);
    }
}
