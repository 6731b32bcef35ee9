package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import distributedmysql.check.BusyMachine;
import distributedmysql.history.MachineTime;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the client's machine did while the run lasted. What this system does not tell is null.
 *
 * @param seconds for which there are readings
 * @param busy the parts of the run whose figures it may have spoilt, in order of time
 */
public record MachineUse(double seconds, Processors processors, Waits waits, List<Spoilt> busy) {
    private static final double LONG_STALL_MILLIS = 100;

    /**
     * Who took the processors, in percent of all of them.
     *
     * @param busyPercent all processes
     * @param clientPercent the load generator's JVM
     * @param serversPercent the servers under test; null also where none is on this machine
     * @param othersPercent all other processes
     * @param stealPercent the host, for other virtual machines; no part of {@code busyPercent}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Processors(
            Double busyPercent,
            Double clientPercent,
            Double serversPercent,
            Double othersPercent,
            Double stealPercent) {}

    /**
     * What held the load generator up. Percent are of the time.
     *
     * @param memoryPercent some process waited for memory
     * @param swappedInPages read from swap
     * @param throttledPercent the container had used up its processor limit
     * @param collectionPercent the load generator stood still for garbage collection
     * @param longestStallMillis how late a sleeping thread of it woke up at worst
     * @param stallsOver100Millis in how many quarters of a second one was more than 100 ms late
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Waits(
            Double memoryPercent,
            Long swappedInPages,
            Double throttledPercent,
            Double collectionPercent,
            double longestStallMillis,
            long stallsOver100Millis) {}

    /**
     * A part of the run in which this machine was busy.
     *
     * @param what a stage, or a part of the run
     * @param seconds how long it was
     * @param busySeconds for how long of it this machine was busy
     * @param longestStallMillis how late a sleeping thread woke up at worst
     * @param reasons the one that held longest first
     */
    public record Spoilt(
            String what, double seconds, double busySeconds, double longestStallMillis, List<String> reasons) {
        public static Spoilt of(String what, BusyMachine machine) {
            return new Spoilt(
                    what,
                    rounded(machine.seconds()),
                    rounded(machine.busySeconds()),
                    rounded(machine.longestStallMillis()),
                    machine.reasons());
        }
    }

    public MachineUse {
        busy = List.copyOf(busy);
    }

    /** Null if there is no reading. */
    public static MachineUse of(List<MachineTime> run, List<Spoilt> busy) {
        if (run.isEmpty()) {
            return null;
        }
        Double pages = mean(run, MachineTime::swappedPages);
        return new MachineUse(
                rounded(run.stream().mapToDouble(MachineTime::seconds).sum()),
                new Processors(
                        mean(run, time -> time.processors().busy()),
                        mean(run, time -> time.processors().client()),
                        mean(run, time -> time.processors().servers()),
                        mean(run, time -> time.processors().others()),
                        mean(run, time -> time.processors().steal())),
                new Waits(
                        mean(run, MachineTime::memoryPercent),
                        pages == null ? null : sum(run, MachineTime::swappedPages),
                        mean(run, MachineTime::throttledPercent),
                        mean(run, MachineTime::collectionPercent),
                        rounded(run.stream()
                                .mapToDouble(MachineTime::longestStallMillis)
                                .max()
                                .orElse(0)),
                        run.stream()
                                .filter(time -> time.longestStallMillis() > LONG_STALL_MILLIS)
                                .count()),
                busy);
    }

    /** Of the time for which it is known; null if it is of none. */
    private static Double mean(List<MachineTime> run, ToDoubleFunction<MachineTime> figure) {
        List<MachineTime> known = known(run, figure);
        double seconds = known.stream().mapToDouble(MachineTime::seconds).sum();
        double sum = known.stream()
                .mapToDouble(time -> figure.applyAsDouble(time) * time.seconds())
                .sum();
        return known.isEmpty() ? null : Double.valueOf(rounded(sum / seconds));
    }

    private static long sum(List<MachineTime> run, ToDoubleFunction<MachineTime> figure) {
        return Math.round(known(run, figure).stream().mapToDouble(figure).sum());
    }

    private static List<MachineTime> known(List<MachineTime> run, ToDoubleFunction<MachineTime> figure) {
        return run.stream()
                .filter(time -> !Double.isNaN(figure.applyAsDouble(time)))
                .toList();
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
