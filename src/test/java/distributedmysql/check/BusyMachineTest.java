package distributedmysql.check;

import static distributedmysql.check.MachineTimes.loops;
import static distributedmysql.check.MachineTimes.of;
import static distributedmysql.check.MachineTimes.ownLoad;
import static distributedmysql.check.MachineTimes.quiet;
import static distributedmysql.check.MachineTimes.remote;
import static distributedmysql.check.MachineTimes.times;
import static distributedmysql.check.MachineTimes.with;
import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.history.MachineTime;
import distributedmysql.history.MachineTime.Processors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BusyMachineTest {
    private static final double UNKNOWN = Double.NaN;

    static Stream<Arguments> eachReason() {
        return Stream.of(
                Arguments.of(loops(), "other processes took 93 % of the processors in 1.0 of 1.0 s"),
                Arguments.of(remote(99, 97), "the load generator itself took 97 % of the processors in 1.0 of 1.0 s"),
                Arguments.of(
                        of(new Processors(60, 5, 10, 45, 12)),
                        "the host took 12 % of the processors for other virtual machines (steal) in 1.0 of 1.0 s"),
                Arguments.of(
                        with(0, 0, 30, 0, 2),
                        "the container's processor limit held it up for 30 % of the time in 1.0 of 1.0 s"),
                Arguments.of(
                        with(15, 9_000, 0, 0, 2), "processes waited for memory for 15 % of the time in 1.0 of 1.0 s"),
                Arguments.of(with(UNKNOWN, 500, 0, 0, 2), "2000 pages per second were read from swap in 1.0 of 1.0 s"),
                Arguments.of(
                        with(0, 0, 0, 40, 90),
                        "garbage collection of the load generator took 40 % of the time in 1.0 of 1.0 s"),
                Arguments.of(with(0, 0, 0, 0, 800), "its timers were up to 800 ms late in 1.0 of 1.0 s"));
    }

    @ParameterizedTest
    @MethodSource("eachReason")
    void eachReasonIsFoundAndNoOther(MachineTime time, String reason) {
        BusyMachine busy = BusyMachine.of(times(4, time));
        assertThat(busy.reasons()).containsExactly(reason);
        assertThat(busy.isBusy(1)).isTrue();
    }

    static Stream<MachineTime> harmless() {
        return Stream.of(
                quiet(),
                // Its own load and its servers take everything, as a closed load is meant to.
                ownLoad(),
                // Others take much, but processors are left.
                of(new Processors(85, 5, 5, 75, 0)),
                // All processors are taken, a little of them by others.
                of(new Processors(100, 40, 38, 22, 0)),
                remote(89, 88),
                of(new Processors(50, 5, 10, 35, 9)),
                with(9, 9_000, 9, 19, 99),
                with(UNKNOWN, 249, UNKNOWN, 0, 0),
                // Nothing is known but what every JVM tells.
                new MachineTime(
                        0.25, new Processors(UNKNOWN, 5, UNKNOWN, UNKNOWN, UNKNOWN), UNKNOWN, UNKNOWN, UNKNOWN, 0, 3),
                // Servers are here that cannot be told from other processes.
                of(new Processors(100, 20, UNKNOWN, UNKNOWN, 0)));
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void whatIsNoReason(MachineTime time) {
        BusyMachine machine = BusyMachine.of(times(4, time));
        assertThat(machine.reasons()).isEmpty();
        assertThat(machine.isBusy(0)).isFalse();
    }

    @Test
    @DisplayName("The longest reason comes first, each with its time; the share counts any of them")
    void partsOfATime() {
        List<MachineTime> span = new ArrayList<>(times(4, loops()));
        span.addAll(times(2, with(0, 0, 0, 0, 250)));
        span.addAll(times(34, quiet()));
        BusyMachine busy = BusyMachine.of(span);
        assertThat(busy.text())
                .isEqualTo("other processes took 93 % of the processors in 1.0 of 10.0 s;"
                        + " its timers were up to 250 ms late in 0.5 of 10.0 s");
        assertThat(busy.isBusy(0.15)).isTrue();
        assertThat(busy.isBusy(0.16)).isFalse();
        assertThat(busy.longestStallMillis()).isEqualTo(250);
    }

    @Test
    void withoutReadingsNothingIsSaid() {
        assertThat(BusyMachine.of(List.of()).isBusy(0)).isFalse();
    }

    @Test
    @DisplayName("A wait is explained by stalls, or by what servers on this machine lacked")
    void waits() {
        BusyMachine elsewhere = BusyMachine.of(times(4, with(0, 0, 0, 0, 200)).stream()
                .map(time -> new MachineTime(0.25, remote(95, 5).processors(), 0, 0, 0, 0, 200))
                .toList());
        assertThat(elsewhere.explains(2_000)).isTrue();
        assertThat(elsewhere.explains(2_001)).isFalse();
        assertThat(MachineTimes.busyWithOthers().explains(60_000)).isTrue();
    }
}
