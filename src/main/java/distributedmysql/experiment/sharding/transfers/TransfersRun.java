package distributedmysql.experiment.sharding.transfers;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.config.PlannedTime;
import distributedmysql.gatling.internal.BlockingAction;
import distributedmysql.load.record.CountedLoad;
import distributedmysql.run.Check;
import distributedmysql.run.Part;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.topology.Shards;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/** Both ways, one after the other, where there are several shards; otherwise their checks are not run. Thread-safe. */
public final class TransfersRun implements Part, AutoCloseable {
    private final TestRun run;
    private final TransfersSettings settings;
    private final Optional<String> impossible;
    private final List<TransferTurn> turns;
    private final ExecutorService threads = BlockingAction.threads("transfers");

    /** Asks the servers whether it is possible. */
    public TransfersRun(TestRun run, TransfersSettings settings) {
        this.run = run;
        this.settings = settings;
        Shards shards = run.servers().deployment().shards();
        List<List<Account>> accounts = TransferPlan.accounts(settings.accounts(), shards.map());
        this.impossible = impossible(shards, accounts);
        this.turns = impossible.isPresent()
                ? List.of()
                : Stream.of(Way.values())
                        .map(way -> new TransferTurn(
                                way,
                                shards,
                                run.settings().data().database(),
                                new TransferPlan(
                                        accounts,
                                        settings.transfers(),
                                        settings.kills(),
                                        run.settings().data().seed()),
                                settings.deadline(),
                                run::say))
                        .toList();
    }

    /** That it may make. */
    public static List<String> tables() {
        return Stream.concat(
                        Stream.of(Way.values()).flatMap(way -> TransferTables.of(way).stream()),
                        Stream.of(Decisions.TABLE))
                .toList();
    }

    private Optional<String> impossible(Shards shards, List<List<Account>> accounts) {
        if (!shards.areSeveral()) {
            return Optional.of(Shards.ONLY_ONE);
        }
        return run.servers()
                .access()
                .unwritable()
                .or(() -> accounts.size() < 2
                        ? Optional.of("all of sharding.transfers.accounts belong to one shard")
                        : Optional.empty())
                .or(() -> shards.nodes().stream()
                        .map(Prepared::impossible)
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    @Override
    public List<Step> steps() {
        if (impossible.isPresent()) {
            run.notRun(Stream.of(Way.values()).map(TransfersChecks::name).toList(), impossible.get());
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        turns.forEach(turn -> steps.addAll(steps(turn)));
        return steps;
    }

    private List<Step> steps(TransferTurn turn) {
        String title = turn.way().title();
        Duration expected = settings.load().plus(PlannedTime.BETWEEN);
        return List.of(
                run.alone(title + ": making the tables", PlannedTime.BETWEEN, turn::prepare),
                new Step(title, expected, List.of(clients(turn))),
                turn.way() == Way.XA
                        ? run.alone(title + ": recovery", PlannedTime.BETWEEN, turn::recover)
                        : run.alone(title + ": ending the clients", Duration.ZERO, turn::recover),
                run.alone(title + ": reading every server", PlannedTime.BETWEEN, turn::read),
                run.judge(List.of(
                        new Check(TransfersChecks.name(turn.way()), TransfersChecks.meaning(turn.way()), turn::check)
                                .ofEvidence(turn::times))));
    }

    private PopulationBuilder clients(TransferTurn turn) {
        BlockingAction factory =
                new BlockingAction(turn.way().title(), threads, (session, requests) -> turn.transfer(requests));
        ActionBuilder action = () -> factory;
        return scenario(turn.way().title())
                .asLongAs(session -> turn.goesOn())
                .on(exec(action))
                .injectOpen(atOnceUsers(settings.clients()));
    }

    /** What was measured so far; empty if no way was played to its end. */
    public Optional<TransfersSection> section() {
        List<TransfersSection.WayReport> ways = turns.stream()
                .map(TransferTurn::report)
                .flatMap(Optional::stream)
                .toList();
        return ways.isEmpty()
                ? Optional.empty()
                : Optional.of(new TransfersSection(settings.accounts(), settings.clients(), ways));
    }

    /** All transfers so far. */
    public List<CountedLoad> loads() {
        return turns.stream().map(TransferTurn::load).toList();
    }

    @Override
    public void close() {
        turns.forEach(TransferTurn::close);
        threads.shutdownNow();
    }
}
