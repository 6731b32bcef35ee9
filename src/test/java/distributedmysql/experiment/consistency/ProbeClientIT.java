package distributedmysql.experiment.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import distributedmysql.history.Header;
import distributedmysql.history.History;
import distributedmysql.history.HistoryRecorder;
import distributedmysql.history.Operation;
import distributedmysql.history.Outcome;
import distributedmysql.history.Plan;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.RunClock;
import distributedmysql.history.Strategy;
import distributedmysql.history.Write;
import distributedmysql.load.ConnectionPools;
import distributedmysql.load.NodePool;
import distributedmysql.load.data.MarkedDatabase;
import distributedmysql.load.data.ProbeTable;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.TestSql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeClientIT {
    private static final long DEADLINE_SECONDS = 60;

    @TempDir
    private Path directory;

    private final ReplicaSet replicaSet = TestServers.shared();
    private final String database = TestServers.settings().data().database();
    private ConnectionPools pools;
    private NodePool primary;
    private HistoryRecorder recorder;
    private ProbeClient client;

    @BeforeEach
    void makeTable() {
        MarkedDatabase own = new MarkedDatabase(replicaSet, database);
        own.prepare();
        own.recreate(List.of(ProbeTable.PROBES));
        pools = new ConnectionPools(replicaSet, database, TestServers.settings().connection());
        primary = pools.of(replicaSet.primary());
        RunClock clock = new RunClock();
        Plan plan = new Plan(Set.of(Probe.SESSION), Set.of(Strategy.PRIMARY), List.of(), 1);
        Header header = new Header(clock.startedAt(), replicaSet.primary().name(), List.of(), plan, Map.of());
        recorder = HistoryRecorder.open(directory.resolve("history.jsonl.gz"), header, System.out::println);
        client = new ProbeClient(new ProbeTable(database), recorder, clock, Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        recorder.close();
        pools.close();
    }

    @Test
    void aWriteStillUnderWayAtTheEndIsRecordedOnceAndAsUnknown() throws Exception {
        CompletableFuture<Write> write;
        try (Connection other = replicaSet.primary().connect();
                Statement statement = other.createStatement()) {
            statement.execute("LOCK TABLES `" + database + "`.probes READ");
            write = CompletableFuture.supplyAsync(() -> write(1));
            awaitTheBlockedWrite();
            client.giveUp();
        }
        assertThat(write.get(DEADLINE_SECONDS, TimeUnit.SECONDS).ending().outcome())
                .isEqualTo(Outcome.UNKNOWN);

        assertThat(recorded()).singleElement().satisfies(operation -> {
            assertThat(operation).isInstanceOf(Write.class);
            assertThat(operation.ending().outcome()).isEqualTo(Outcome.UNKNOWN);
        });
    }

    @Test
    void aWriteThatHasEndedIsNotGivenUp() {
        write(1);
        client.giveUp();
        assertThat(recorded())
                .singleElement()
                .satisfies(operation -> assertThat(operation.ending().isOk()).isTrue());
        assertThatThrownBy(() -> write(2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withoutAGtidThereIsNoReadUnderGtidWait() {
        write(1);
        Read read = client.read(
                primary, 1, Probe.SESSION, 1, Strategy.GTID_WAIT, Read.After.NOTHING, "", (name, start, end, e) -> {});
        assertThat(read.isAnswered()).isFalse();
        assertThat(read.ending().sqlState()).isEqualTo("GTID");
    }

    private Write write(long key) {
        return client.write(primary, 1, Probe.SESSION, key, 1, Write.Basis.NONE, (name, start, end, e) -> {});
    }

    private void awaitTheBlockedWrite() {
        String waiting = "SELECT COUNT(*) FROM information_schema.processlist"
                + " WHERE state LIKE 'Waiting for table%' AND info LIKE 'INSERT INTO%probes%'";
        await().atMost(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .until(() -> TestSql.query(replicaSet.primary(), waiting), found -> !found.equals("0"));
    }

    private List<Operation> recorded() {
        recorder.close();
        List<Operation> operations = new ArrayList<>();
        assertThat(History.read(recorder.file()).replay(operations::add)).isEmpty();
        return operations;
    }
}
