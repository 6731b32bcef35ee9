package distributedmysql.monitor.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import distributedmysql.history.MachineTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineLogTest {
    private static final long SECOND = 1_000_000_000;

    private static MachineTime second(double client) {
        MachineTime.Processors processors = new MachineTime.Processors(50, client, Double.NaN, 10, 1);
        return new MachineTime(1, processors, 2, 100, Double.NaN, 3, 4);
    }

    private static MachineLog seconds(int count) {
        MachineLog log = new MachineLog();
        for (int i = 0; i < count; i++) {
            log.add((i + 1) * SECOND, second(i % 100));
        }
        return log;
    }

    @Test
    void givesBackWhatWasAddedAlsoOfManyAndWhatIsNotKnownAsSuch() {
        List<MachineTime> all = seconds(5_000).between(0, 5_000 * SECOND);
        assertThat(all).hasSize(5_000);
        assertThat(all.get(4_321)).isEqualTo(second(21));
    }

    @Test
    void ofTheFirstAndTheLastThePartThatIsInTheTime() {
        List<MachineTime> part = seconds(10).between(2 * SECOND + SECOND / 4, 4 * SECOND + SECOND / 2);
        assertThat(part).extracting(time -> time.processors().client()).containsExactly(2.0, 3.0, 4.0);
        assertThat(part).extracting(MachineTime::seconds).containsExactly(0.75, 1.0, 0.5);
        assertThat(part.get(0).swappedPages()).isEqualTo(75, within(0.01));
    }

    @Test
    void whatNoReadingCoversIsEmpty() {
        assertThat(seconds(10).between(11 * SECOND, 12 * SECOND)).isEmpty();
        assertThat(seconds(10).between(-SECOND, 0)).isEmpty();
        assertThat(new MachineLog().between(0, SECOND)).isEmpty();
        assertThat(seconds(10).between(9 * SECOND + SECOND / 2, 20 * SECOND))
                .extracting(MachineTime::seconds)
                .containsExactly(0.5);
    }
}
