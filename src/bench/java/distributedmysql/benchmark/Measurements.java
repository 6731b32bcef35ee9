package distributedmysql.benchmark;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Takes single measurements. */
final class Measurements {
    // A JVM that starts while the machine is busy, and 500 connections to be opened.
    private static final Duration BEGIN_DEADLINE = Duration.ofSeconds(90);
    private static final Duration END_DEADLINE = Duration.ofSeconds(60);
    private static final int TERMINATED = 128 + 15;

    private final Target target;

    Measurements(Target target) {
        this.target = target;
    }

    /**
     * Runs a generator once and watches it.
     *
     * @throws BenchmarkException if the generator fails or says what cannot be understood; its output is in the message
     */
    Measurement take(Generator generator, int repetition, LoadPlan plan) throws InterruptedException {
        try (Observer observer = new Observer(target.node(), plan.workload());
                GeneratorProcess process = generator.start(plan)) {
            long before = observer.requests();
            long begin = process.awaitBegin(BEGIN_DEADLINE, () -> observer.requests() > before + plan.connections());
            List<Reading> readings = observe(observer, begin, plan, process);
            if (!generator.endsByItself()) {
                process.terminate();
            }
            String output = process.awaitEnd(END_DEADLINE, generator.endsByItself() ? 0 : TERMINATED);
            Optional<ToolReport> tool = generator.report(plan, output);
            return Measurement.of(generator.kind(), plan, repetition, readings, tool);
        } catch (IOException | SQLException e) {
            throw new BenchmarkException(generator.kind().label(), e);
        }
    }

    private List<Reading> observe(Observer observer, long begin, LoadPlan plan, GeneratorProcess process) {
        if (plan.stallMillis() == null) {
            return read(observer, begin, plan, process);
        }
        try (Stall stall = Stall.during(plan, begin, target.node().control().orElseThrow())) {
            List<Reading> readings = read(observer, begin, plan, process);
            if (!stall.isOver()) {
                throw new BenchmarkException("the server was not stopped and continued within the measured window");
            }
            return readings;
        }
    }

    private static List<Reading> read(Observer observer, long begin, LoadPlan plan, GeneratorProcess process) {
        try {
            return observer.readings(begin, plan.warmUpSeconds() + plan.steadySeconds(), process.pid());
        } catch (IOException e) {
            throw new BenchmarkException(e.getMessage() + "; the generator's output:" + process.output(), e);
        }
    }
}
