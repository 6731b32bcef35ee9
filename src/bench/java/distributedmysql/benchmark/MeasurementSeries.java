package distributedmysql.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures all generators, interleaved: A, B, A, B. A measurement that fails is kept as a failure; the others go on. */
final class MeasurementSeries {
    private final Target target;
    private final List<Generator> generators;
    private final int repetitions;
    private final List<String> notes;
    private final List<String> failures;
    private final Consumer<String> progress;
    private final Measurements taker;

    /**
     * @param notes gets a line for what is not measured, and why
     * @param failures gets a line for each measurement that failed
     */
    MeasurementSeries(
            Target target,
            List<Generator> generators,
            int repetitions,
            List<String> notes,
            List<String> failures,
            Consumer<String> progress) {
        this.target = target;
        this.generators = generators;
        this.repetitions = repetitions;
        this.notes = notes;
        this.failures = failures;
        this.progress = progress;
        this.taker = new Measurements(target);
    }

    /** @return those that succeeded */
    List<Measurement> measure(LoadPlan plan) throws InterruptedException {
        List<Measurement> measurements = new ArrayList<>();
        List<Generator> able = able(plan);
        for (int repetition = 1; repetition <= repetitions; repetition++) {
            for (Generator generator : able) {
                measure(generator, repetition, plan).ifPresent(measurements::add);
            }
        }
        return measurements;
    }

    /**
     * The rate that each generator which knows the open model can reach: the least of theirs.
     *
     * @throws BenchmarkException if it cannot be measured
     */
    double capacity(LoadPlan closed) throws InterruptedException {
        List<Double> rates = new ArrayList<>();
        for (Generator generator : generators) {
            if (generator.cannot(closed.at(1)).isEmpty()) {
                measure(generator, 1, closed)
                        .map(Measurement::requestsPerSecond)
                        .ifPresent(rates::add);
            }
        }
        return rates.stream()
                .min(Double::compare)
                .orElseThrow(() -> new BenchmarkException("no capacity was measured: " + failures));
    }

    private Optional<Measurement> measure(Generator generator, int repetition, LoadPlan plan)
            throws InterruptedException {
        String name = plan.name() + ", repetition " + repetition + ", "
                + generator.kind().label() + ": ";
        try {
            if (plan.workload().writes()) {
                new SbtestTable(target, plan.rows()).recreate();
            }
            Measurement measurement = taker.take(generator, repetition, plan);
            progress.accept(name + Math.round(measurement.requestsPerSecond()) + "/s");
            StallCheck.problem(plan, measurement.tool()).ifPresent(problem -> {
                failures.add(name + problem);
                progress.accept(name + problem);
            });
            return Optional.of(measurement);
        } catch (BenchmarkException e) {
            failures.add(name + e.getMessage());
            progress.accept(name + "FAILED: " + e.getMessage());
            return Optional.empty();
        }
    }

    private List<Generator> able(LoadPlan plan) {
        List<Generator> able = new ArrayList<>();
        for (Generator generator : generators) {
            Optional<String> why = generator.cannot(plan);
            if (why.isPresent()) {
                note(generator.kind().label() + ": not measured: " + why.get());
            } else {
                able.add(generator);
            }
        }
        return able;
    }

    private void note(String note) {
        if (!notes.contains(note)) {
            notes.add(note);
            progress.accept(note);
        }
    }
}
