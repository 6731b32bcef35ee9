package distributedmysql.gatling;

import static distributedmysql.gatling.SqlDsl.sql;
import static distributedmysql.gatling.SqlDsl.update;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import distributedmysql.load.ConnectionFeeder;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.SqlStatementSpec;
import distributedmysql.load.data.GameFeeder;
import distributedmysql.load.data.Share;
import distributedmysql.load.data.SqlOperation;
import distributedmysql.load.data.SqlStatement;
import distributedmysql.topology.Shards;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.Choice;
import io.gatling.javaapi.core.PopulationBuilder;
import java.util.List;
import java.util.stream.IntStream;

/** Our own engine: every user is routed, writes go to the primary, reads to the user's replica. */
public final class RoutedEngine implements LoadEngine {
    private final RoutedUser user;
    private final Shards shards;
    private final ConnectionPools pools;
    private final GameFeeder data;
    private final int poolSize;

    /** @param poolSize {@code connection.pool-size} */
    public RoutedEngine(
            Shards shards, ConnectionPools pools, ConnectionFeeder connections, GameFeeder data, int poolSize) {
        this.user = new RoutedUser(connections, poolSize);
        this.shards = shards;
        this.pools = pools;
        this.data = data;
        this.poolSize = poolSize;
    }

    @Override
    public List<String> scenarios(String stage) {
        return List.of(stage);
    }

    @Override
    public void prepare(int users) {
        int count = Math.min(users, poolSize);
        // Behind an endpoint all turns have one pool.
        shards.all().stream()
                .flatMap(set -> IntStream.range(0, set.replicas().size()).mapToObj(turn -> pools.forReads(set, turn)))
                .distinct()
                .forEach(pool -> pool.open(count));
    }

    @Override
    public void began(String stage) {
        // The pools serve the whole run.
    }

    @Override
    public List<PopulationBuilder> open(Load load) {
        return List.of(user.open(load.recorder().plan(), requests(load.mix())));
    }

    @Override
    public List<PopulationBuilder> closed(Load load) {
        var plan = load.recorder().plan();
        int users = plan.concurrency().getAsInt();
        return List.of(scenario(plan.name())
                .exec(user.closed(users, load.recorder()::isOver, requests(load.mix())))
                .injectClosed(Injection.closed(users, plan.phases())));
    }

    private ChainBuilder requests(List<Share> mix) {
        if (mix.size() == 1) {
            return request(mix.get(0).operation());
        }
        Choice.WithWeight[] choices = mix.stream()
                .map(share -> percent(share.percent()).then(request(share.operation())))
                .toArray(Choice.WithWeight[]::new);
        return randomSwitch().on(choices);
    }

    private ChainBuilder request(SqlOperation operation) {
        return RoutedUser.fed(data.forOperation(operation)).exec(action(operation));
    }

    private SqlActionBuilder action(SqlOperation operation) {
        if (shards.areSeveral() && !operation.isOfOnePlayer()) {
            SqlStatement statement = operation.statement();
            return sql(operation.name()).onEveryShard().query(statement.text(), parameters(statement));
        }
        return placed(operation).shardKey("#{" + operation.shardKey() + "}");
    }

    private static SqlActionBuilder placed(SqlOperation operation) {
        if (operation.isTransaction()) {
            return sql(operation.name())
                    .onPrimary()
                    .transaction(operation.statements().stream()
                            .map(statement -> update(statement.text(), parameters(statement)))
                            .toArray(SqlStatementSpec[]::new));
        }
        SqlStatement statement = operation.statement();
        return operation.reads()
                ? sql(operation.name()).onReplica().query(statement.text(), parameters(statement))
                : sql(operation.name()).onPrimary().update(statement.text(), parameters(statement));
    }

    private static Object[] parameters(SqlStatement statement) {
        return statement.parameters().stream().map(name -> "#{" + name + "}").toArray();
    }
}
