package distributedmysql.experiment.sharding.resharding;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.check.Meaning;
import distributedmysql.check.Verdict;
import distributedmysql.config.ConnectionSettings;
import distributedmysql.config.PlannedTime;
import distributedmysql.ledger.LedgerChecks;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.load.record.CountedLoad;
import distributedmysql.monitor.LoadTime;
import distributedmysql.mysql.TopologyException;
import distributedmysql.run.Check;
import distributedmysql.run.Part;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.run.Timing;
import distributedmysql.topology.Ending;
import distributedmysql.topology.OwnServer;
import distributedmysql.topology.Shards;
import distributedmysql.topology.external.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Rounds of adding a shard under load. The last of the run's replica sets is the one that is added; the keys of the run's other tables stay
 * where they are, because the rounds have a map of their own. On one replica set, or two, its checks are not run.
 */
public final class ReshardingRun implements Part, AutoCloseable {
    private static final String TITLE = "resharding";

    private final TestRun run;
    private final ReshardingSettings settings;
    private final List<PlayedRound> played = new CopyOnWriteArrayList<>();
    private final List<Timing> times = new CopyOnWriteArrayList<>();
    private volatile String problem = "";
    private volatile ConnectionPools pools;
    private volatile RoundPlay play;

    public ReshardingRun(TestRun run, ReshardingSettings settings) {
        this.run = run;
        this.settings = settings;
    }

    /** That it may make. */
    public static List<String> tables() {
        return List.of(
                ReshardedTable.TABLE, Capture.TABLE, Fence.TABLE, ReshardingState.PHASES, ReshardingState.COPIES);
    }

    @Override
    public List<Step> steps() {
        Optional<String> impossible = impossible();
        if (impossible.isPresent()) {
            run.notRun(Judged.names(), impossible.get());
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        steps.add(run.alone(TITLE + ": opening connections", PlannedTime.BETWEEN, () -> attempt(TITLE, this::open)));
        for (int round = 1; round <= settings.rounds(); round++) {
            int number = round;
            String name = TITLE + ", round " + number;
            steps.add(run.alone(name, settings.round(), () -> attempt(name, () -> play(number))));
        }
        steps.add(run.judge(checks()));
        return steps;
    }

    private Optional<String> impossible() {
        if (settings.rounds() == 0) {
            return Optional.of("sharding.resharding.rounds = 0");
        }
        if (!run.shards().areSeveral()) {
            return Optional.of(Shards.ONLY_ONE);
        }
        if (settings.killsServers()) {
            Optional<String> notOurs = run.shards().nodes().stream()
                    .flatMap(node -> OwnServer.killImpossible(node).stream())
                    .findFirst();
            if (notOurs.isPresent()) {
                return notOurs;
            }
        }
        return run.shards().all().size() < ReshardingSettings.LEAST_SHARDS
                ? Optional.of("a shard is added to at least " + (ReshardingSettings.LEAST_SHARDS - 1)
                        + ", so there must be at least " + ReshardingSettings.LEAST_SHARDS
                        + " (embedded.shards, docker.shards, external.shards)")
                : Optional.empty();
    }

    private void open() {
        ConnectionSettings own = settings.connection(run.settings().connection());
        String database = run.settings().data().database();
        run.servers().pools().closeIdle();
        pools = new ConnectionPools(run.shards(), database, own, null);
        play = new RoundPlay(
                run.shards(),
                new ReshardedTable(MarkedDatabase.quoted(database)),
                settings,
                pools,
                run.events().clock(),
                round -> new KillingResharder(
                        resharder(), settings.kill(round), settings.pacing(), run.events(), settings.deadline()),
                run::say);
    }

    private Resharder resharder() {
        if (settings.hook().isEmpty()) {
            return new OwnResharder(settings.pacing(), settings.deadline(), run::say);
        }
        Set<String> withheld = Set.of(
                run.settings().external().passwordEnv(),
                run.settings().connection().trustStorePasswordEnv());
        return new HookResharder(
                new Hook(ReshardingSettings.HOOK, settings.hook(), withheld, run.events()), settings.deadline());
    }

    private void play(int number) {
        long began = System.nanoTime();
        PlayedRound round;
        try {
            round = play.play(number);
        } finally {
            times.add(new Timing(TITLE + ", round " + number, new LoadTime(began, System.nanoTime()), Timing.SOME));
        }
        played.add(round);
        run.say(TITLE + ", round " + number + ": "
                + new RoundFigures(round, play.ledger()).figures().summary());
        List<String> problems = new ArrayList<>(round.round().holdings().unread());
        if (!round.problem().isEmpty()) {
            problems.add(0, round.problem());
        }
        if (!problems.isEmpty()) {
            throw new TopologyException("round " + number + ": " + String.join("; ", problems));
        }
    }

    /** After something went wrong, no further round is played. */
    private void attempt(String name, Runnable step) {
        if (!problem.isEmpty()) {
            run.say(name + ": not played, because of what went wrong before");
            return;
        }
        try {
            Ending.refuse(TITLE);
            step.run();
        } catch (TopologyException e) {
            problem = e.getMessage();
            run.say(TITLE + ": " + problem);
        }
    }

    private List<Check> checks() {
        return Judged.names().stream()
                .map(name -> new Check(name, meaning(name), () -> result(name)).ofEvidence(() -> times))
                .toList();
    }

    private static Meaning meaning(String name) {
        return Optional.ofNullable(Map.of(
                                ReshardingChecks.PLACED_NAME,
                                ReshardingChecks.PLACED,
                                ReshardingChecks.MOVED_NAME,
                                ReshardingChecks.MOVED,
                                ReshardingChecks.REPLICAS_NAME,
                                ReshardingChecks.REPLICAS,
                                ReshardingChecks.TOLD_NAME,
                                ReshardingChecks.TOLD)
                        .get(name))
                .orElseGet(() -> LedgerChecks.meaning(name));
    }

    private CheckResult result(String name) {
        if (play == null || played.isEmpty()) {
            return CheckResult.unknown(
                    name,
                    Ending.hasBegun() || problem.isEmpty() ? Doubt.NOT_PLAYED : Doubt.SERVERS_FAILED,
                    problem.isEmpty() ? "no round was played to its end" : problem);
        }
        CheckResult result = new Judged(play.ledger(), List.copyOf(played), problem)
                .all().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        return result.verdict() != Verdict.UNKNOWN || problem.isEmpty()
                ? result
                : CheckResult.unknown(name, Doubt.SERVERS_FAILED, result.evidence());
    }

    /** Empty if no round was played to its end. */
    public Optional<ReshardingSection> section() {
        return played.isEmpty()
                ? Optional.empty()
                : Optional.of(new ReshardingSection(
                        settings.writeRate(),
                        played.stream()
                                .map(round -> new RoundFigures(round, play.ledger()).figures())
                                .toList()));
    }

    /** The writes so far. */
    public List<CountedLoad> loads() {
        return play == null ? List.of() : List.of(play.writes());
    }

    @Override
    public void close() {
        if (pools != null) {
            pools.close();
        }
    }
}
