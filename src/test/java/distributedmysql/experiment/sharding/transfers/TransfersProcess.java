package distributedmysql.experiment.sharding.transfers;

import distributedmysql.shard.ShardMap;
import distributedmysql.shard.ShardStrategy;
import distributedmysql.topology.PassedShards;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import distributedmysql.topology.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * An application with several clients in a process of its own, which a test kills. It tells of each transfer when it begins, how it ends,
 * and when it has come to the point where it is to be killed: there its client stands still, with all that it has open. Arguments: way,
 * number of the first transfer, kill point; without a point, nobody stands still.
 */
final class TransfersProcess {
    static final int CLIENTS = 5;
    static final int PER_SHARD = 1_000;

    /** Before the one that is killed. */
    private static final int WHOLE = 5;
    /** Some wait in vain for a lock of those that stand still, so that more must follow. */
    private static final int OF_CLIENT = 100;
    /** Numbers that a process may use. */
    static final int NUMBERS = CLIENTS * OF_CLIENT;

    private static final String BEGUN = "begun ";
    private static final String ENDED = "ended ";
    private static final String AT = "at ";

    private TransfersProcess() {}

    public static void main(String[] arguments) throws Exception {
        List<ReplicaSet> sets = PassedShards.received();
        Shards shards = new Shards(sets, new ShardMap(1, ShardStrategy.of(TestServers.ring(sets.size()))));
        Way way = Way.valueOf(arguments[0]);
        int first = Integer.parseInt(arguments[1]);
        Optional<KillPoint> point =
                Optional.of(arguments[2]).filter(text -> !text.isEmpty()).map(KillPoint::valueOf);
        TransferPlan plan = PlayedTransfers.plan(shards.map(), PER_SHARD, first + NUMBERS, 2);
        List<Thread> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int from = first + client * OF_CLIENT;
            Thread thread = new Thread(() -> play(way, shards, plan, from, point), "client " + client);
            clients.add(thread);
            thread.start();
        }
        for (Thread client : clients) {
            client.join();
        }
    }

    private static void play(Way way, Shards shards, TransferPlan plan, int from, Optional<KillPoint> point) {
        Kills kills = (transfer, at) -> {
            if (point.equals(Optional.of(at)) && transfer.number() >= from + WHOLE) {
                standStill(transfer, at);
            }
            return false;
        };
        TransferTables tables = new TransferTables(PlayedTransfers.DATABASE, way);
        TransferProtocol protocol = way == Way.XA
                ? new XaTransfers(tables, new Decisions(PlayedTransfers.DATABASE), kills)
                : new UnprotectedTransfers(tables, kills);
        ClientSessions sessions = new ClientSessions(shards, PlayedTransfers.DATABASE);
        for (int number = from; number < from + OF_CLIENT; number++) {
            if (sessions.isDead()) {
                sessions = new ClientSessions(shards, PlayedTransfers.DATABASE);
            }
            System.out.println(BEGUN + number);
            TransferEnding ending =
                    protocol.move(plan.transfer(number), sessions).ending();
            System.out.println(ENDED + number + " " + ending);
        }
    }

    private static void standStill(Transfer transfer, KillPoint point) {
        System.out.println(AT + transfer.number() + " " + point);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static boolean isAtPoint(String line) {
        return line.startsWith(AT);
    }

    static boolean isEnd(String line) {
        return line.startsWith(ENDED);
    }

    /**
     * What a harness knows of a process that was killed: of a transfer that was under way elsewhere than at its point, nothing.
     *
     * @param lines that it has said
     */
    static List<Ended> ended(List<String> lines, TransferPlan plan) {
        List<Ended> all = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(BEGUN)) {
                int number = Integer.parseInt(line.substring(BEGUN.length()));
                Transfer transfer = plan.transfer(number);
                all.add(after(lines, AT + number + " ")
                        .map(point -> Ended.killed(transfer, KillPoint.valueOf(point)))
                        .orElseGet(() -> Ended.of(
                                transfer,
                                after(lines, ENDED + number + " ")
                                        .map(TransferEnding::valueOf)
                                        .orElse(TransferEnding.UNKNOWN))));
            }
        }
        return all;
    }

    private static Optional<String> after(List<String> lines, String begin) {
        return lines.stream()
                .filter(line -> line.startsWith(begin))
                .map(line -> line.substring(begin.length()))
                .findFirst();
    }
}
