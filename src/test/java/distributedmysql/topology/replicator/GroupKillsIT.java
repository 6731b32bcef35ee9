package distributedmysql.topology.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.fault.Servers;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.Node;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.replicator.FailoverRecord.Detection;
import distributedmysql.topology.replicator.OwnClient.Acknowledgement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
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

    private final RunClock clock = new RunClock();

    @Test
    @Tag("nightly")
    @DisplayName(
            "The primary of a group is killed 20 times under load: nothing that independent clients were told is lost")
    void nothingIsLost(ReplicaSet group) throws Exception {
        OwnClient.makeTable(group);
        Replication.awaitConvergence(group, Servers.DEADLINE);
        Replicator replicator = Replicator.of(group, FailoverOptions.defaults(), clock, Optional.empty());
        List<OwnClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new OwnClient(group::primary, 1 + i * EACH).start());
        }
        List<Round> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            rounds.add(kill(group, replicator, clients));
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
        System.out.println(ROUNDS + " kills of a group's primary: of " + sum
                + " acknowledged writes 0 lost; median and worst, ms:");
        tell(rounds, "writes down", Round::down);
        tell(rounds, "from the kill until a survivor suspects it", Round::suspicion);
        tell(rounds, "until it is expelled", Round::expulsion);
        tell(rounds, "until a new primary takes writes", Round::election);
        tell(rounds, "until its first acknowledgement", Round::firstWrite);
    }

    /**
     * In milliseconds.
     *
     * @param down the longest time without an acknowledgement
     * @param suspicion the first of the phases that follow each other
     */
    private record Round(double down, double suspicion, double expulsion, double election, double firstWrite) {}

    private static void tell(List<Round> rounds, String what, ToDoubleFunction<Round> figure) {
        double[] all = rounds.stream().mapToDouble(figure).sorted().toArray();
        System.out.printf(Locale.ROOT, "  %s: %.0f, %.0f%n", what, all[ROUNDS / 2], all[ROUNDS - 1]);
    }

    private Round kill(ReplicaSet group, Replicator replicator, List<OwnClient> clients) {
        Node former = group.primary();
        try (FailoverManager failover = replicator.failover()) {
            long begun = System.nanoTime();
            await(clients, 100);
            former.control().orElseThrow().kill();
            long killed = clock.micros();
            Detection detection = failover.awaitDeath(Servers.DEADLINE, Optional::empty);
            long elected = failover.promote(detection).promotedMicros();
            await(clients, 100);
            long[] times = clients.stream()
                    .flatMap(client -> client.acknowledged().stream())
                    .mapToLong(Acknowledgement::nanos)
                    .filter(nanos -> nanos > begun)
                    .sorted()
                    .toArray();
            int first = IntStream.range(1, times.length)
                    .boxed()
                    .max(Comparator.comparingLong(i -> times[i] - times[i - 1]))
                    .orElseThrow();
            assertThat(failover.bringBack(former, JOINED).problem()).isEmpty();
            long firstWrite = clock.micros(times[first]);
            // A client may be faster than who asks the members for their state.
            elected = Math.min(elected, firstWrite);
            long expelled = Math.min(detection.detectedMicros(), elected);
            long suspected = Math.min(detection.firstFailureMicros(), expelled);
            return new Round(
                    (times[first] - times[first - 1]) / 1e6,
                    (suspected - killed) / 1e3,
                    (expelled - suspected) / 1e3,
                    (elected - expelled) / 1e3,
                    (firstWrite - elected) / 1e3);
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
