package distributedmysql.benchmark;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One generator, measured once. Rates are by the server's count, processor time is by the operating system's.
 *
 * @param repetition 1 for the first
 * @param secondsToSteady from the start of the load to the end of the first second in which at least 90 % of the steady
 *     rate was reached
 * @param requestsEachSecond from the start of the load, warm-up included
 * @param tool what the generator says itself; null if it says nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Measurement(
        GeneratorKind generator,
        LoadPlan plan,
        int repetition,
        double requestsPerSecond,
        double clientCpuMicrosPerRequest,
        double serverCpuMicrosPerRequest,
        long clientPeakBytes,
        Integer secondsToSteady,
        List<Long> requestsEachSecond,
        ToolReport tool) {

    private static final double REACHED = 0.9;

    /**
     * @param readings one for each second from the start of the load
     * @throws BenchmarkException if there were no requests in the measured window
     */
    static Measurement of(
            GeneratorKind generator, LoadPlan plan, int repetition, List<Reading> readings, Optional<ToolReport> tool) {
        Reading from = readings.get(plan.warmUpSeconds());
        Reading to = readings.get(plan.warmUpSeconds() + plan.steadySeconds());
        long requests = to.requests() - from.requests();
        if (requests == 0) {
            throw new BenchmarkException("the server has seen no requests in the measured window");
        }
        double rate = requests * 1e9 / (to.nanos() - from.nanos());
        List<Double> rates = rates(readings);
        return new Measurement(
                generator,
                plan,
                repetition,
                rate,
                (double) (to.clientCpuMicros() - from.clientCpuMicros()) / requests,
                (double) (to.serverCpuMicros() - from.serverCpuMicros()) / requests,
                to.clientPeakBytes(),
                firstAtLeast(rates, REACHED * rate),
                rates.stream().map(Math::round).toList(),
                tool.orElse(null));
    }

    private static List<Double> rates(List<Reading> readings) {
        List<Double> rates = new ArrayList<>();
        for (int i = 1; i < readings.size(); i++) {
            Reading from = readings.get(i - 1);
            Reading to = readings.get(i);
            rates.add((to.requests() - from.requests()) * 1e9 / (to.nanos() - from.nanos()));
        }
        return rates;
    }

    private static Integer firstAtLeast(List<Double> rates, double wanted) {
        for (int i = 0; i < rates.size(); i++) {
            if (rates.get(i) >= wanted) {
                return i + 1;
            }
        }
        return null;
    }
}
