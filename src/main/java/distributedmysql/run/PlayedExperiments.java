package distributedmysql.run;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Meaning;
import distributedmysql.load.record.CountedLoad;
import distributedmysql.report.Section;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The experiments of a run, by their keys, at its end. What one of them throws is a check of its own, and keeps neither the
 * others nor the report from their end. Thread-safe.
 */
final class PlayedExperiments {
    static final String CHECK = "end of the experiment: ";

    private static final Meaning MEANING = new Meaning(
            "This is never proven.",
            "The experiment's own code threw at the end of the run, so its section of the report is missing, or what it was"
                    + " to end or to heal may be left.",
            "Mend its code at the place that the evidence names.");

    private final Map<String, ExperimentRun> experiments = new LinkedHashMap<>();
    private final AtomicReference<RuntimeException> first = new AtomicReference<>();

    synchronized void add(String key, ExperimentRun experiment) {
        experiments.put(key, experiment);
    }

    private synchronized Map<String, ExperimentRun> all() {
        return new LinkedHashMap<>(experiments);
    }

    /** Those of all experiments. */
    List<CountedLoad> loads() {
        return all().values().stream().flatMap(run -> run.loads().stream()).toList();
    }

    /** @param failed takes a result for each that throws */
    void close(Consumer<CheckResult> failed) {
        all().forEach((key, experiment) -> attempt(key, "close()", experiment::close, failed));
    }

    /** @param failed as for {@link #close} */
    Map<String, Section> sections(Set<String> busy, Consumer<CheckResult> failed) {
        Map<String, Section> sections = new LinkedHashMap<>();
        all().forEach((key, experiment) -> attempt(
                key,
                "section()",
                () -> experiment.section(busy).ifPresent(section -> sections.put(key, section)),
                failed));
        return sections;
    }

    /** What was thrown first, if anything was: it must fail the build, which knows nothing of a check that late. */
    void rethrow() {
        if (first.get() != null) {
            throw first.get();
        }
    }

    private void attempt(String key, String what, Runnable step, Consumer<CheckResult> failed) {
        try {
            step.run();
        } catch (RuntimeException e) {
            first.compareAndSet(null, e);
            List<StackTraceElement> calls = Arrays.asList(e.getStackTrace());
            String place = calls.isEmpty()
                    ? ""
                    : " (" + calls.get(0).getFileName() + ":" + calls.get(0).getLineNumber() + ")";
            failed.accept(CheckResult.unknown(CHECK + key, what + " threw " + e + place)
                    .meaning(MEANING));
        }
    }
}
