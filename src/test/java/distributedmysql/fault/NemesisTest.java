package distributedmysql.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.HostPort;
import distributedmysql.history.EventLog;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerVersion;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NemesisTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void faultsAreInjectedAndHealedByTheirTimesAndNotTwice() {
        List<Nemesis.Planned> schedule = List.of(
                new Nemesis.Planned(Duration.ofMillis(50), new Recorded("b", ""), Duration.ofMillis(50)),
                new Nemesis.Planned(Duration.ZERO, new Recorded("a", ""), LONG));
        Nemesis nemesis = new Nemesis(new EventLog(), schedule);
        nemesis.start();
        Await.until("b healed", Duration.ofSeconds(30), () -> done.size() == 3, done::toString);

        nemesis.close();
        nemesis.close();

        assertThat(done).containsExactly("inject a", "inject b", "heal b", "heal a");
        List<FaultRecord> records = nemesis.records();
        assertThat(records).extracting(FaultRecord::name).containsExactly("a", "b");
        assertThat(records.get(1).healedMicros() - records.get(1).injectedMicros())
                .isGreaterThanOrEqualTo(50_000);
    }

    @Test
    void anInjectionThatFailsIsRecordedAndHealed() throws InterruptedException {
        List<Nemesis.Planned> schedule =
                List.of(new Nemesis.Planned(Duration.ZERO, new Recorded("a", "inject"), Duration.ZERO));
        try (Nemesis nemesis = new Nemesis(new EventLog(), schedule)) {
            nemesis.start();
            assertThat(nemesis.awaitEnd(Duration.ofSeconds(30))).isTrue();

            assertThat(done).containsExactly("inject a", "heal a");
            assertThat(nemesis.records().get(0).injectedMicros()).isNull();
            assertThat(nemesis.records().get(0).error()).isEqualTo("not injected: inject fails");
        }
    }

    @Test
    void oneThatCannotBeHealedKeepsNoOtherFromBeingHealedNorDoesAnInterrupt() {
        List<Nemesis.Planned> schedule = List.of(
                new Nemesis.Planned(Duration.ZERO, new Recorded("a", ""), LONG),
                new Nemesis.Planned(Duration.ZERO, new Recorded("b", "heal"), LONG),
                new Nemesis.Planned(Duration.ZERO, new Recorded("c", ""), LONG));
        Nemesis nemesis = new Nemesis(new EventLog(), schedule);
        nemesis.start();
        Await.until("three faults", Duration.ofSeconds(30), () -> done.size() == 3, done::toString);

        Thread.currentThread().interrupt();
        nemesis.close();
        assertThat(Thread.interrupted()).isTrue();

        assertThat(done.subList(3, 6)).containsExactly("heal c", "heal b", "heal a");
        assertThat(nemesis.records().get(0).healedMicros()).isNotNull();
        assertThat(nemesis.records().get(1).healedMicros()).isNull();
        assertThat(nemesis.records().get(1).error()).isEqualTo("not healed: heal fails");
    }

    @Test
    void aScheduleThatIsNeverStartedDoesNothing() {
        Nemesis nemesis =
                new Nemesis(new EventLog(), List.of(new Nemesis.Planned(Duration.ZERO, new Recorded("a", ""), LONG)));

        nemesis.close();

        assertThat(done).isEmpty();
        assertThat(nemesis.records().get(0).error()).isEqualTo("not injected: the run ended before");
    }

    @Test
    void timesBeforeTheStartAreRefused() {
        assertThatThrownBy(() -> new Nemesis.Planned(Duration.ofMillis(-1), new Recorded("a", ""), LONG))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private final class Recorded implements Fault {
        private final String name;
        private final String fails;

        Recorded(String name, String fails) {
            this.name = name;
            this.fails = fails;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Node node() {
            Credentials nobody = new Credentials("nobody", "");
            return new Node(
                    "node1",
                    new HostPort("127.0.0.1", 1),
                    ServerVersion.parse("8.0.33"),
                    "",
                    nobody,
                    nobody,
                    Optional.empty());
        }

        @Override
        public Optional<String> impossible() {
            return Optional.empty();
        }

        @Override
        public String inject() {
            step("inject");
            return "done";
        }

        @Override
        public void heal() {
            step("heal");
        }

        private void step(String step) {
            done.add(step + " " + name);
            if (step.equals(fails)) {
                throw new TopologyException(step + " fails");
            }
        }
    }
}
