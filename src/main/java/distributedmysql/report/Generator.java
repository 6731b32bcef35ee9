package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.JsonRule;
import distributedmysql.load.record.StageMeasurement;
import distributedmysql.monitor.GeneratorLoad;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What the load generator itself took while a stage was in its steady state. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Generator(
        @JsonPropertyDescription("Processor time of the generator's JVM, in percent of all processors that it may use.")
        @JsonRule("maximum: 100")
        double cpuPercent,

        @JsonPropertyDescription(
                "Processor time of all processes on the generator's machine, servers on it among them, in "
                        + "percent of the same processors; absent where it is not known.")
        @JsonRule("maximum: 100")
        Double machinePercent,

        @JsonPropertyDescription(
                "Processor time of the generator's JVM per request, in microseconds; absent without requests.")
        Double cpuMicrosPerRequest,

        @JsonPropertyDescription(
                "Why the generator, and not the servers, may have been the limit; absent if it was not.")
        @Nullable
        String warning) {
    private static final double BUSY_PERCENT = 95;
    private static final double STARTED_SHARE = 0.98;

    /** Requests that may be missing at the edges of the window. */
    private static final int EDGES = 5;

    static Generator of(GeneratorLoad.Share share, StageMeasurement measured) {
        OptionalInt target = measured.plan().targetQps();
        return of(
                share,
                measured.all().count(),
                measured.started(),
                target.isPresent() ? target.getAsInt() * measured.seconds() : null);
    }

    /**
     * @param requests that ended
     * @param started in the steady state
     * @param intended to be started in the steady state; null in the closed model, in which nothing is
     */
    static Generator of(GeneratorLoad.Share share, long requests, long started, Double intended) {
        Double micros = requests == 0 ? null : Math.round(share.processSeconds() * 1e7 / requests) / 10.0;
        return new Generator(share.processPercent(), share.machinePercent(), micros, warning(share, started, intended));
    }

    private static String warning(GeneratorLoad.Share share, long started, Double intended) {
        // In the open model nothing but the generator itself keeps a request from starting.
        if (intended != null && started < intended * STARTED_SHARE - EDGES) {
            return text("the generator started only %d of %.0f requests", started, intended);
        }
        double process = share.processPercent();
        if (share.machinePercent() == null) {
            return process >= BUSY_PERCENT ? text("the generator took %.0f %% of the processors", process) : null;
        }
        double machine = share.machinePercent();
        return machine >= BUSY_PERCENT && process >= machine / 2
                ? text("the generator took %.0f %% of the processors, all processes %.0f %%", process, machine)
                : null;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
