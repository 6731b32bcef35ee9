package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import distributedmysql.history.MachineTime;
import java.util.ArrayList;
import java.util.List;

/** Who took the processors in one interval of the run, in percent of all of them; what the system does not tell is null. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Who took the processors in one interval, in percent of all of them.")
public record ProcessorTime(
        @JsonPropertyDescription("Its begin, from the first reading, in seconds.")
        double seconds,

        @JsonPropertyDescription("All processes.") @JsonRule("maximum: 100")
        Double busyPercent,

        @JsonPropertyDescription("The load generator.") @JsonRule("maximum: 100")
        Double clientPercent,

        @JsonPropertyDescription("The servers under test; absent where none is on this machine.")
        @JsonRule("maximum: 100")
        Double serversPercent) {
    private static final int MOST = 300;
    private static final double SHORTEST_SECONDS = 1;

    /** At most 300 intervals of a second or more, in the order of time. */
    static List<ProcessorTime> over(List<MachineTime> run) {
        double whole = run.stream().mapToDouble(MachineTime::seconds).sum();
        double least = Math.max(SHORTEST_SECONDS, whole / MOST);
        List<ProcessorTime> all = new ArrayList<>();
        List<MachineTime> together = new ArrayList<>();
        double begin = 0;
        double seconds = 0;
        for (MachineTime time : run) {
            together.add(time);
            seconds += time.seconds();
            // Readings are not quite as long as they were meant to be.
            if (seconds >= least - 1e-3) {
                all.add(of(begin, together));
                together.clear();
                begin += seconds;
                seconds = 0;
            }
        }
        if (!together.isEmpty() && all.size() < MOST) {
            all.add(of(begin, together));
        }
        return all;
    }

    private static ProcessorTime of(double begin, List<MachineTime> together) {
        return new ProcessorTime(
                Math.round(begin * 10) / 10.0,
                MachineUse.mean(together, time -> time.processors().busy()),
                MachineUse.mean(together, time -> time.processors().client()),
                MachineUse.mean(together, time -> time.processors().servers()));
    }
}
