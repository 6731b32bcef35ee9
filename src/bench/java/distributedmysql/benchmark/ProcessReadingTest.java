package distributedmysql.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** With the texts of a real mysqld. */
class ProcessReadingTest {
    private final String stat = Captured.text("proc-stat.txt");

    ProcessReadingTest() throws IOException {}

    /** utime 443 and stime 298, in hundredths of a second; not those of its children, 153 and 100. */
    @Test
    void addsUserAndKernelTimeOfTheProcessItself() throws IOException {
        assertThat(ProcessReading.cpuMicros(stat)).isEqualTo(7_410_000);
    }

    @Test
    void aNameMayHoldSpacesAndParentheses() throws IOException {
        assertThat(ProcessReading.cpuMicros(stat.replace("(mysqld)", "(my) (sql d)")))
                .isEqualTo(7_410_000);
    }

    @Test
    void refusesWhatIsNoStat() {
        assertThatThrownBy(() -> ProcessReading.cpuMicros("12284 mysqld S 1")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ProcessReading.cpuMicros(stat.replace(" 443 ", " x ")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void readsThePeakOfTheResidentMemory() throws IOException {
        assertThat(ProcessReading.peakResidentBytes(
                        Captured.text("proc-status.txt").lines().toList()))
                .isEqualTo(538_080L * 1024);
    }

    /** A process that has ended but is not yet reaped has no memory lines. */
    @Test
    void refusesAProcessWithoutMemory() throws IOException {
        var zombie = Captured.text("proc-status.txt")
                .lines()
                .filter(line -> !line.startsWith("Vm"))
                .toList();

        assertThatThrownBy(() -> ProcessReading.peakResidentBytes(zombie)).isInstanceOf(IOException.class);
    }
}
