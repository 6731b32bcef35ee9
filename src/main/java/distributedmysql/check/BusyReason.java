package distributedmysql.check;

import distributedmysql.history.MachineTime;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Why the client's machine spoils figures. Each rule is about one stretch of a quarter of a second; the limits and what they
 * were measured against are in {@code docs/busy-machine.md}.
 */
enum BusyReason {
    /** Processors are scarce, and not only because of the load and the servers that the run itself wants. */
    OTHERS(
            "other processes took %.0f %% of the processors",
            time -> time.processors().others(),
            (time, others) -> time.processors().busy() >= Limits.SATURATED && others >= Limits.LEAST_OTHERS),
    /** With servers on the same machine this is what a closed load is meant to do; without, the client is the limit. */
    CLIENT(
            "the load generator itself took %.0f %% of the processors",
            time -> time.processors().client(),
            (time, client) -> !time.processors().hasServers()
                    && !Double.isNaN(time.processors().others())
                    && time.processors().busy() >= Limits.SATURATED
                    && client >= time.processors().busy() / 2),
    STEAL(
            "the host took %.0f %% of the processors for other virtual machines (steal)",
            time -> time.processors().steal(), (time, steal) -> steal >= Limits.LEAST_SHARE),
    THROTTLED(
            "the container's processor limit held it up for %.0f %% of the time",
            MachineTime::throttledPercent, (time, throttled) -> throttled >= Limits.LEAST_SHARE),
    MEMORY(
            "processes waited for memory for %.0f %% of the time",
            MachineTime::memoryPercent, (time, waited) -> waited >= Limits.LEAST_SHARE),
    /** Where the kernel does not say how long processes waited for it. */
    SWAP(
            "%.0f pages per second were read from swap",
            time -> time.swappedPages() / time.seconds(),
            (time, swapped) -> Double.isNaN(time.memoryPercent()) && swapped >= Limits.LEAST_SWAPPED_PER_SECOND),
    COLLECTION(
            "garbage collection of the load generator took %.0f %% of the time",
            MachineTime::collectionPercent, (time, collection) -> collection >= Limits.LEAST_COLLECTION),
    /** Where the run's own load and servers take the processors, a late wake-up is of their making. */
    STALL(
            "its timers were up to %.0f ms late",
            MachineTime::longestStallMillis,
            (time, stall) ->
                    stall >= Limits.LEAST_STALL_MILLIS && !(time.processors().own() >= Limits.OWN_LOAD));

    /** In a class of their own, because an enum's constants come before its fields. */
    private static final class Limits {
        private static final double SATURATED = 90;
        private static final double LEAST_OTHERS = 25;
        private static final double LEAST_SHARE = 10;
        private static final double LEAST_COLLECTION = 20;
        private static final double LEAST_SWAPPED_PER_SECOND = 1_000;
        private static final double LEAST_STALL_MILLIS = 100;
        private static final double OWN_LOAD = 75;
    }

    private interface Rule {
        boolean holds(MachineTime time, double figure);
    }

    private final String text;
    private final ToDoubleFunction<MachineTime> figure;
    private final Rule rule;

    BusyReason(String text, ToDoubleFunction<MachineTime> figure, Rule rule) {
        this.text = text;
        this.figure = figure;
        this.rule = rule;
    }

    /** What is not known holds for no reason. */
    boolean holds(MachineTime time) {
        return rule.holds(time, figure(time));
    }

    double figure(MachineTime time) {
        return figure.applyAsDouble(time);
    }

    /** @param figure the mean over the stretches in which it holds; of a stall, the worst */
    String text(double figure) {
        return String.format(Locale.ROOT, text, figure);
    }
}
