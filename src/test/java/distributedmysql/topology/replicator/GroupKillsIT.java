package distributedmysql.topology.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.fault.Servers;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.replicator.OwnClient.Acknowledgement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@OwnServers(group = true)
class GroupKillsIT {
    private static final int ROUNDS = 20;
    /** A number says which client it is of. */
    private static final int EACH = 10_000_000;

    private static final int CLIENTS = 2;
    /** A member that joins fetches what it lacks while the load goes on. */
    private static final Duration JOINED = Duration.ofMinutes(5);

    @Test
    @Tag("nightly")
    @DisplayName(
            "The primary of a group is killed 20 times under load: nothing that independent clients were told is lost")
    void nothingIsLost(ReplicaSet group) throws Exception {
        OwnClient.makeTable(group);
        Replication.awaitConvergence(group, Servers.DEADLINE);
        Replicator replicator = Replicator.of(group, FailoverOptions.defaults(), new RunClock(), Optional.empty());
        List<OwnClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new OwnClient(group::primary, 1 + i * EACH).start());
        }
        List<Long> downMillis = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            downMillis.add(kill(group, replicator, clients));
        }
        for (OwnClient client : clients) {
            client.end();
        }
        Replication.awaitConvergence(group, Servers.DEADLINE);
        long sum = 0;
        for (OwnClient client : clients) {
            List<Integer> told =
                    client.acknowledged().stream().map(Acknowledgement::number).toList();
            sum += told.size();
            for (Node node : group.nodes()) {
                assertThat(OwnClient.numbers(node)).as("%s", node).containsAll(told);
            }
        }
        downMillis.sort(null);
        System.out.println(
                ROUNDS + " kills of a group's primary: of " + sum + " acknowledged writes 0 lost; writes down "
                        + downMillis.get(ROUNDS / 2) + " ms (worst " + downMillis.get(ROUNDS - 1) + ")");
    }

    /** @return the longest time without an acknowledgement, which is that of the failover */
    private static long kill(ReplicaSet group, Replicator replicator, List<OwnClient> clients) {
        Node former = group.primary();
        try (FailoverManager failover = replicator.failover()) {
            long begun = System.nanoTime();
            await(clients, 100);
            former.control().orElseThrow().kill();
            failover.promote(failover.awaitDeath(Servers.DEADLINE, Optional::empty));
            await(clients, 100);
            long[] times = clients.stream()
                    .flatMap(client -> client.acknowledged().stream())
                    .mapToLong(Acknowledgement::nanos)
                    .filter(nanos -> nanos > begun)
                    .sorted()
                    .toArray();
            long longest = IntStream.range(1, times.length)
                    .mapToLong(i -> times[i] - times[i - 1])
                    .max()
                    .orElseThrow();
            assertThat(failover.bringBack(former, JOINED).problem()).isEmpty();
            return TimeUnit.NANOSECONDS.toMillis(longest);
        }
    }

    private static void await(List<OwnClient> clients, int more) {
        int wanted = sum(clients) + more;
        Servers.await(more + " more acknowledgements", () -> sum(clients) >= wanted, clients::toString);
    }

    private static int sum(List<OwnClient> clients) {
        return clients.stream().mapToInt(OwnClient::count).sum();
    }
}
