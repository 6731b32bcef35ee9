package distributedmysql.experiment.sharding.transfers;

import distributedmysql.fault.Servers;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.shard.ShardMap;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import java.util.ArrayList;
import java.util.List;

/** For tests on real servers: plays a way with threads of its own. */
final class PlayedTransfers {
    static final String DATABASE = TestServers.settings().data().database();

    private static final int CLIENTS = 8;

    private PlayedTransfers() {}

    static void makeDatabases(Shards shards) {
        shards.all().forEach(set -> new MarkedDatabase(set, DATABASE).prepare());
    }

    /** @param perShard accounts of each shard, at most 1,000 or so */
    static TransferTurn turn(Way way, Shards shards, int perShard, int transfers, int kills) {
        TransferPlan plan = plan(shards.map(), perShard, transfers, kills);
        return new TransferTurn(way, shards, DATABASE, plan, Servers.DEADLINE, System.out::println);
    }

    static TransferPlan plan(ShardMap map, int perShard, int transfers, int kills) {
        List<List<Account>> accounts = TransferPlan.accounts(3_000, map).stream()
                .map(all -> all.subList(0, perShard))
                .toList();
        return new TransferPlan(accounts, transfers, kills, 42);
    }

    /** Until there are no transfers left. */
    static void play(TransferTurn turn) throws InterruptedException {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(
                    () -> {
                        while (turn.goesOn()) {
                            turn.transfer((name, start, end, failure) -> {});
                        }
                    },
                    "client " + i);
            clients.add(client);
            client.start();
        }
        for (Thread client : clients) {
            client.join(Servers.DEADLINE.toMillis());
        }
    }
}
