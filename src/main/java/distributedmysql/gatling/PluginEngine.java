package distributedmysql.gatling;

import static io.gatling.javaapi.core.CoreDsl.asLongAs;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static org.galaxio.gatling.javaapi.JdbcDsl.jdbc;

import distributedmysql.gatling.internal.PluginActionFactory;
import distributedmysql.load.data.GameFeeder;
import distributedmysql.load.data.Share;
import distributedmysql.load.data.SqlOperation;
import distributedmysql.load.data.SqlStatement;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Role;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Choice;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ProtocolBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The gatling-jdbc plugin as engine. A population of the plugin has one pool and so one server: a stage's load is split
 * into one population for each replica, which reads, and one for the primary, which writes. The plugin cannot run
 * several statements in one transaction: here the statements of a transaction follow each other.
 */
public final class PluginEngine implements LoadEngine {
    private final ReplicaSet replicaSet;
    private final GameFeeder data;
    private final PluginProtocols plugin;
    private final Map<String, ProtocolBuilder> protocols = new HashMap<>();
    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final Map<String, List<Runnable>> pools = new ConcurrentHashMap<>();

    /** The part of a load that one population carries. */
    private record Portion(Node node, Role role, double share, List<Share> mix) {}

    public PluginEngine(ReplicaSet replicaSet, PluginProtocols plugin, GameFeeder data) {
        this.replicaSet = replicaSet;
        this.plugin = plugin;
        this.data = data;
    }

    @Override
    public List<String> scenarios(String stage) {
        return replicaSet.nodes().stream()
                .map(node -> scenarioName(stage, node))
                .toList();
    }

    /** The plugin opens a pool of its own for each population, before its load. */
    @Override
    public void prepare(int users) {}

    /** Every population opens a pool of its own, which the plugin would keep until the end of the run. */
    @Override
    public void began(String stage) {
        List<Runnable> ended = new ArrayList<>();
        pools.forEach((name, closers) -> {
            if (begun.contains(name)) {
                ended.addAll(closers);
            }
        });
        begun.add(stage);
        Thread thread = new Thread(() -> ended.forEach(Runnable::run), "closes the pools of earlier stages");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public List<PopulationBuilder> open(Load load) {
        double rate = load.recorder().plan().targetQps().getAsInt();
        return portions(load.mix()).stream()
                .map(portion -> scenario(scenarioName(stage(load), portion.node()))
                        .exec(requests(stage(load), portion))
                        .injectOpen(Injection.open(
                                rate * portion.share(), load.recorder().plan().phases()))
                        .protocols(protocol(portion.node())))
                .toList();
    }

    @Override
    public List<PopulationBuilder> closed(Load load) {
        int users = load.recorder().plan().concurrency().getAsInt();
        List<PopulationBuilder> populations = new ArrayList<>();
        int placed = 0;
        double share = 0;
        for (Portion portion : portions(load.mix())) {
            share += portion.share();
            int upTo = (int) Math.round(users * share);
            if (upTo > placed) {
                populations.add(scenario(scenarioName(stage(load), portion.node()))
                        .exec(asLongAs(session -> !load.recorder().isOver()).on(requests(stage(load), portion)))
                        .injectClosed(Injection.closed(
                                upTo - placed, load.recorder().plan().phases()))
                        .protocols(protocol(portion.node())));
                placed = upTo;
            }
        }
        return populations;
    }

    private static String scenarioName(String stage, Node node) {
        return stage + ", " + node.name();
    }

    private List<Portion> portions(List<Share> mix) {
        List<Portion> portions = new ArrayList<>();
        List<Share> reads =
                mix.stream().filter(share -> share.operation().reads()).toList();
        List<Share> writes =
                mix.stream().filter(share -> !share.operation().reads()).toList();
        List<Node> replicas = replicaSet.replicas();
        if (!reads.isEmpty()) {
            replicas.forEach(replica ->
                    portions.add(new Portion(replica, Role.REPLICA, percent100(reads) / replicas.size(), reads)));
        }
        if (!writes.isEmpty()) {
            portions.add(new Portion(replicaSet.primary(), Role.PRIMARY, percent100(writes), writes));
        }
        return portions;
    }

    private static double percent100(List<Share> mix) {
        return mix.stream().mapToInt(Share::percent).sum() / 100.0;
    }

    private ChainBuilder requests(String stage, Portion portion) {
        if (portion.mix().size() == 1) {
            return request(stage, portion.mix().get(0).operation(), portion);
        }
        Choice.WithWeight[] choices = portion.mix().stream()
                .map(share -> percent(share.percent() / percent100(portion.mix()))
                        .then(request(stage, share.operation(), portion)))
                .toArray(Choice.WithWeight[]::new);
        return randomSwitch().on(choices);
    }

    private ChainBuilder request(String stage, SqlOperation operation, Portion portion) {
        List<ActionBuilder> actions = operation.statements().stream()
                .map(statement -> measured(stage, statement, operation.reads(), portion))
                .toList();
        ChainBuilder chain = feed(data.forOperation(operation));
        for (ActionBuilder action : actions) {
            chain = chain.exec(action);
        }
        return chain;
    }

    private ActionBuilder measured(String stage, SqlStatement statement, boolean reads, Portion portion) {
        ActionBuilder request = reads
                ? jdbc(statement.name()).queryP(statement.withNames()).params(parameters(statement))
                : jdbc(statement.name()).rawSql(statement.withExpressions());
        var action = new PluginActionFactory(
                request.asScala(),
                statement,
                portion.role(),
                portion.node(),
                plugin.failures(portion.node()),
                opened(stage)::add);
        return () -> action;
    }

    private static String stage(Load load) {
        return load.recorder().plan().name();
    }

    private List<Runnable> opened(String stage) {
        return pools.computeIfAbsent(stage, name -> new CopyOnWriteArrayList<>());
    }

    private static Map<String, Object> parameters(SqlStatement statement) {
        Map<String, Object> parameters = new HashMap<>();
        statement.parameters().forEach(name -> parameters.put(name, "#{" + name + "}"));
        return parameters;
    }

    private ProtocolBuilder protocol(Node node) {
        return protocols.computeIfAbsent(node.name(), name -> plugin.of(node));
    }
}
