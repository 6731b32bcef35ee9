package distributedmysql.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * All repetitions of one generator with one workload and one number of connections. Ratios are of each repetition's own
 * pair of measurements, because neighbours in time meet the same machine.
 *
 * @param rateToSysbench requests per second divided by sysbench's of the same repetition; null without sysbench
 * @param clientCpuToSysbench processor time per request, likewise
 * @param failed requests of all repetitions; null if the generator does not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Summary(
        Workload workload,
        int connections,
        GeneratorKind generator,
        Spread requestsPerSecond,
        Spread rateToSysbench,
        Spread clientCpuMicrosPerRequest,
        Spread clientCpuToSysbench,
        Spread serverCpuMicrosPerRequest,
        Spread p50Micros,
        Spread p95Micros,
        Spread p99Micros,
        Spread secondsToSteady,
        Spread clientPeakMiB,
        Long failed) {

    private record Case(Workload workload, int connections, GeneratorKind generator) {
        static Case of(Measurement measurement) {
            return new Case(measurement.workload(), measurement.connections(), measurement.generator());
        }
    }

    /** One of each workload, number of connections and generator, in the order of their first measurement. */
    static List<Summary> of(List<Measurement> measurements) {
        return measurements.stream()
                .map(Case::of)
                .distinct()
                .map(each -> of(each, measurements))
                .toList();
    }

    private static Summary of(Case each, List<Measurement> all) {
        List<Measurement> own =
                all.stream().filter(other -> Case.of(other).equals(each)).toList();
        List<ToolReport> tools =
                own.stream().map(Measurement::tool).filter(Objects::nonNull).toList();
        return new Summary(
                each.workload(),
                each.connections(),
                each.generator(),
                spread(own, Measurement::requestsPerSecond),
                ratios(own, all, Measurement::requestsPerSecond),
                spread(own, Measurement::clientCpuMicrosPerRequest),
                ratios(own, all, Measurement::clientCpuMicrosPerRequest),
                spread(own, Measurement::serverCpuMicrosPerRequest),
                spread(tools, tool -> tool.latencyMicros().p50()),
                spread(tools, tool -> tool.latencyMicros().p95()),
                spread(tools, tool -> tool.latencyMicros().p99()),
                spread(own, Measurement::secondsToSteady),
                spread(own, measurement -> measurement.clientPeakBytes() / 1024.0 / 1024.0),
                tools.isEmpty()
                        ? null
                        : tools.stream().mapToLong(ToolReport::failed).sum());
    }

    private static <T> Spread spread(List<T> all, Function<T, Number> value) {
        return Spread.of(all.stream().map(value).filter(Objects::nonNull).toList());
    }

    private static Spread ratios(List<Measurement> own, List<Measurement> all, ToDoubleFunction<Measurement> value) {
        List<Double> ratios = new ArrayList<>();
        for (Measurement measurement : own) {
            reference(measurement, all)
                    .ifPresent(
                            sysbench -> ratios.add(value.applyAsDouble(measurement) / value.applyAsDouble(sysbench)));
        }
        return Spread.of(ratios);
    }

    private static Optional<Measurement> reference(Measurement measurement, List<Measurement> all) {
        Case wanted = new Case(measurement.workload(), measurement.connections(), GeneratorKind.SYSBENCH);
        return all.stream()
                .filter(other -> Case.of(other).equals(wanted) && other.repetition() == measurement.repetition())
                .findFirst();
    }
}
