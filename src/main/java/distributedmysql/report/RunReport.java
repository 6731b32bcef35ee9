package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import distributedmysql.history.Event;
import distributedmysql.history.JsonRule;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole JSON summary of one run.
 *
 * @param sections what each experiment has measured, by its key, which is a key of the summary itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("The JSON summary of one run, results/test_report_YYYYMMDD_HHMMSS.json. Absent keys are not "
        + "null; where null is allowed, there is no figure.")
public record RunReport(
        @JsonPropertyDescription("Version of this schema; raised when a key is removed or changes its meaning.")
        @JsonRule("const: " + RunReport.SCHEMA_VERSION)
        int schemaVersion,

        @JsonPropertyDescription("When and with what the run was made.")
        Run run,

        @JsonPropertyDescription(
                "The servers as they were at the start, and errant transactions on the replicas, then and later.")
        TopologyReport topology,

        @JsonPropertyDescription("PASS only if the run completed and has checks, all of them VALID.")
        RunVerdict verdict,

        @JsonPropertyDescription("What was judged, and why.")
        List<CheckResult> checks,

        @JsonPropertyDescription(
                "Checks of this simulation that were not made, because the servers or the user's privileges "
                        + "do not allow it, or because the run ended before; part of no verdict.")
        List<NotRun> notRun,

        @JsonPropertyDescription(
                "What the loads measured, in the order in which they ran: those of all experiments, and "
                        + "scenarios of a simulation of your own.")
        List<Stage> stages,

        @JsonAnyGetter Map<String, Section> sections,

        @JsonPropertyDescription("What is in front of the servers; absent if the load goes to them directly.") @Nullable
        EndpointsReport endpoints,

        @JsonPropertyDescription("The machine that the load came from, and that servers which the run started are on.")
        @Nullable
        Machine machine,

        @JsonPropertyDescription("Path of Gatling's HTML report; absent if there is none.") @Nullable
        String gatlingReport,

        @JsonPropertyDescription("What happened in the run, in the order of time.")
        List<Event> events) {

    /** Raised when a key is removed or changes its meaning; new keys do not raise it. */
    public static final int SCHEMA_VERSION = 2;

    /** What a build is gated on. */
    public enum RunVerdict {
        PASS,
        FAIL
    }

    public RunReport {
        checks = List.copyOf(checks);
        notRun = List.copyOf(notRun);
        stages = List.copyOf(stages);
        events = List.copyOf(events);
        sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections));
    }

    /** With the verdict that follows: {@code PASS} only if the run completed and has checks, all of them valid. */
    public static RunReport of(Run run, TopologyReport topology, List<CheckResult> checks, List<NotRun> notRun) {
        boolean pass = run.completed()
                && !checks.isEmpty()
                && checks.stream().allMatch(check -> check.verdict() == Verdict.VALID);
        RunVerdict verdict = pass ? RunVerdict.PASS : RunVerdict.FAIL;
        return new RunReport(
                SCHEMA_VERSION,
                run,
                topology,
                verdict,
                checks,
                notRun,
                List.of(),
                Map.of(),
                null,
                null,
                null,
                List.of());
    }

    /**
     * The same with what was measured.
     *
     * @param experiments their sections by their keys; words joined by hyphens become one of the JSON
     *     summary, {@code oneTwo} of {@code one-two}
     */
    public RunReport with(List<Stage> measured, Map<String, Section> experiments) {
        Map<String, Section> byKey = new LinkedHashMap<>();
        experiments.forEach((key, section) -> byKey.put(jsonKey(key), section));
        return with(measured, byKey, endpoints, machine, gatlingReport, events);
    }

    /** The same, with what is in front of the servers; null if nothing is. */
    public RunReport behind(EndpointsReport inFront) {
        return with(stages, sections, inFront, machine, gatlingReport, events);
    }

    /** The same, made on this machine. */
    public RunReport on(Machine client) {
        return with(stages, sections, endpoints, client, gatlingReport, events);
    }

    /** The same, with the path of Gatling's HTML report; null if there is none. */
    public RunReport at(String html) {
        return with(stages, sections, endpoints, machine, html, events);
    }

    /** The same, with what happened. */
    public RunReport during(List<Event> happened) {
        return with(stages, sections, endpoints, machine, gatlingReport, happened);
    }

    /** The same run and verdict, with all that is known of it besides. */
    private RunReport with(
            List<Stage> measured,
            Map<String, Section> byKey,
            EndpointsReport inFront,
            Machine client,
            String html,
            List<Event> happened) {
        return new RunReport(
                schemaVersion,
                run,
                topology,
                verdict,
                checks,
                notRun,
                measured,
                byKey,
                inFront,
                client,
                html,
                happened);
    }

    /** The stages' and the sections'. */
    @JsonProperty
    @JsonPropertyDescription("By what this run is compared with others.")
    public List<Metric> metrics() {
        return Stream.concat(
                        stages.stream().flatMap(stage -> Metric.of(stage).stream()),
                        sections.values().stream().flatMap(section -> section.metrics().stream()))
                .toList();
    }

    /** What the experiment of this key has measured, if it is there. */
    public <S extends Section> Optional<S> section(String key, Class<S> type) {
        return Optional.ofNullable(type.cast(sections.get(jsonKey(key))));
    }

    /** Whether the summary has a key of its own where the section of such an experiment would be. */
    public static boolean isTaken(String key) {
        return jsonKey(key).equals("metrics")
                || Arrays.stream(RunReport.class.getRecordComponents())
                        .anyMatch(component -> component.getName().equals(jsonKey(key)));
    }

    /** {@code oneTwo} of {@code one-two}. */
    public static String jsonKey(String key) {
        StringBuilder camel = new StringBuilder();
        for (String word : key.split("-")) {
            camel.append(camel.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }
}
