package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.BusyMachine;
import distributedmysql.history.JsonRule;
import distributedmysql.history.MachineTime;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What the client's machine did while the run lasted. What this system does not tell is null. */
public record MachineUse(
        @JsonPropertyDescription("Time for which there are readings.")
        double seconds,

        @JsonPropertyDescription("Who took the processors, in percent of all of them.")
        Processors processors,

        @JsonPropertyDescription("What held the load generator up; percent of the time.")
        Waits waits,

        @JsonPropertyDescription("The parts of the run whose figures this machine may have spoilt, in order of time.")
        List<Spoilt> busy,

        @JsonPropertyDescription("Who took the processors over time: at most 300 intervals of a second or more.")
        List<ProcessorTime> overTime) {
    private static final double LONG_STALL_MILLIS = 100;

    /** Who took the processors, in percent of all of them. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Processors(
            @JsonPropertyDescription("All processes.") @JsonRule("maximum: 100")
            Double busyPercent,

            @JsonPropertyDescription("The load generator.") @JsonRule("maximum: 100")
            Double clientPercent,

            @JsonPropertyDescription("The servers under test; absent where none is on this machine.")
            @JsonRule("maximum: 100")
            Double serversPercent,

            @JsonPropertyDescription("All other processes.") @JsonRule("maximum: 100")
            Double othersPercent,

            @JsonPropertyDescription("The host, for other virtual machines; no part of busyPercent.")
            @JsonRule("maximum: 100")
            Double stealPercent) {}

    /** What held the load generator up. Percent are of the time. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Waits(
            @JsonPropertyDescription("Some process waited for memory.") @JsonRule("maximum: 100")
            Double memoryPercent,

            @JsonPropertyDescription("Pages read from swap.")
            Long swappedInPages,

            @JsonPropertyDescription("The container had used up its processor limit.") @JsonRule("maximum: 100")
            Double throttledPercent,

            @JsonPropertyDescription("It stood still for garbage collection.") @JsonRule("maximum: 100")
            Double collectionPercent,

            @JsonPropertyDescription("How late a sleeping thread of it woke up at worst.")
            double longestStallMillis,

            @JsonPropertyDescription("In how many quarters of a second one was more than 100 ms late.")
            long stallsOver100Millis) {}

    /** A part of the run in which this machine was busy. */
    public record Spoilt(
            @JsonPropertyDescription("A stage, or a part of the run.")
            String what,

            @JsonPropertyDescription("How long it was.") double seconds,

            @JsonPropertyDescription("For how long of it this machine was busy.")
            double busySeconds,

            @JsonPropertyDescription("How late a sleeping thread woke up at worst.")
            double longestStallMillis,

            @JsonPropertyDescription("Why, the one that held longest first.") @JsonRule("minItems: 1")
            List<String> reasons) {
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
        overTime = List.copyOf(overTime);
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
                busy,
                ProcessorTime.over(run));
    }

    /** Of the time for which it is known; null if it is of none. */
    static @Nullable Double mean(List<MachineTime> run, ToDoubleFunction<MachineTime> figure) {
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
