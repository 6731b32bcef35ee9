package distributedmysql.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * All repetitions of one generator with one plan. Ratios are of each repetition's own pair of measurements, because
 * neighbours in time meet the same machine; they are null without sysbench.
 *
 * @param rateToSysbench requests per second divided by sysbench's of the same repetition
 * @param clientCpuToSysbench processor time per request, likewise
 * @param failed requests of all repetitions; null if the generator does not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Summary(
        LoadPlan plan,
        GeneratorKind generator,
        Spread requestsPerSecond,
        Spread rateToSysbench,
        Spread clientCpuMicrosPerRequest,
        Spread clientCpuToSysbench,
        Spread serverCpuMicrosPerRequest,
        Spread p50Micros,
        Spread p50ToSysbench,
        Spread p95Micros,
        Spread p95ToSysbench,
        Spread p99Micros,
        Spread p99ToSysbench,
        Spread maxMicros,
        Spread secondsToSteady,
        Spread clientPeakMiB,
        Long failed) {

    private static final double MIB = 1 << 20;

    /** One of each plan and generator, in the order of their first measurement. */
    static List<Summary> of(List<Measurement> measurements) {
        return measurements.stream()
                .map(first -> List.of(first.plan(), first.generator()))
                .distinct()
                .map(each -> of(
                        measurements.stream()
                                .filter(other ->
                                        List.of(other.plan(), other.generator()).equals(each))
                                .toList(),
                        measurements))
                .toList();
    }

    private static Summary of(List<Measurement> own, List<Measurement> all) {
        Pairs pairs = new Pairs(own, all);
        List<ToolReport> tools =
                own.stream().map(Measurement::tool).filter(Objects::nonNull).toList();
        return new Summary(
                own.get(0).plan(),
                own.get(0).generator(),
                pairs.spread(Measurement::requestsPerSecond),
                pairs.ratios(Measurement::requestsPerSecond),
                pairs.spread(Measurement::clientCpuMicrosPerRequest),
                pairs.ratios(Measurement::clientCpuMicrosPerRequest),
                pairs.spread(Measurement::serverCpuMicrosPerRequest),
                pairs.spread(latency(Latencies::p50)),
                pairs.ratios(latency(Latencies::p50)),
                pairs.spread(latency(Latencies::p95)),
                pairs.ratios(latency(Latencies::p95)),
                pairs.spread(latency(Latencies::p99)),
                pairs.ratios(latency(Latencies::p99)),
                pairs.spread(latency(Latencies::max)),
                pairs.spread(Measurement::secondsToSteady),
                pairs.spread(measurement -> measurement.clientPeakBytes() / MIB),
                tools.isEmpty()
                        ? null
                        : tools.stream().mapToLong(ToolReport::failed).sum());
    }

    private static Function<Measurement, Number> latency(Function<Latencies, Number> value) {
        return measurement -> measurement.tool() == null
                ? null
                : value.apply(measurement.tool().latencyMicros());
    }

    private record Pairs(List<Measurement> own, List<Measurement> all) {
        Spread spread(Function<Measurement, Number> value) {
            return Spread.of(own.stream().map(value).filter(Objects::nonNull).toList());
        }

        Spread ratios(Function<Measurement, Number> value) {
            List<Double> ratios = new ArrayList<>();
            for (Measurement measurement : own) {
                Number mine = value.apply(measurement);
                Optional<Number> sysbench = sysbench(measurement).map(value);
                if (mine != null && sysbench.isPresent()) {
                    ratios.add(mine.doubleValue() / sysbench.get().doubleValue());
                }
            }
            return Spread.of(ratios);
        }

        private Optional<Measurement> sysbench(Measurement pair) {
            return all.stream()
                    .filter(other -> other.generator() == GeneratorKind.SYSBENCH
                            && other.plan().equals(pair.plan())
                            && other.repetition() == pair.repetition())
                    .findFirst();
        }
    }
}
