package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.check.ErrorPercent;
import distributedmysql.history.JsonRule;
import distributedmysql.load.record.StageMeasurement;
import distributedmysql.load.record.StagePlan;
import distributedmysql.topology.Role;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.AbstractHistogram;
import org.jspecify.annotations.Nullable;

/**
 * A load of one kind at one rate or concurrency. Everything is about its steady state: requests that began in warm-up or ramp are
 * not counted.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription(
        "A load of one kind at one rate or concurrency. Everything is about its steady state: requests that began in "
                + "warm-up or ramp are not counted.")
@JsonRule("""
        if: {required: ['own']},
        then: {properties: {targetQps: false, concurrency: false}},
        else: {
          if: {properties: {model: {const: 'open'}}},
          then: {required: ['targetQps']},
          else: {required: ['concurrency'], properties: {targetQps: false}}
        }
        """)
public record Stage(
        @JsonPropertyDescription("Name of the stage, for instance: select 200/s.")
        String name,

        @JsonPropertyDescription(
                "What sent the statements: our own engine, or the gatling-jdbc plugin. gatling: a scenario "
                        + "of the user's with requests that other actions than ours sent, which Gatling times, in "
                        + "whole milliseconds.")
        @JsonRule("enum: ['routed', 'gatling-jdbc', 'gatling']")
        String engine,

        @JsonPropertyDescription(
                "open: requests arrive at a rate of their own; closed: each user waits for the last answer.")
        StagePlan.Model model,

        @JsonPropertyDescription(
                "Target rate of the open model, in requests per second; absent in the closed model, and for "
                        + "a scenario of the user's, which has no plan of ours.")
        @JsonRule("exclusiveMinimum: 0")
        Double targetQps,

        @JsonPropertyDescription("Requests that succeeded, per second.")
        double achievedQps,

        @JsonPropertyDescription("All requests, failed ones included.")
        long requests,

        @JsonPropertyDescription("Requests that failed, by SQLState and vendor code.")
        List<ErrorCount> errors,

        @JsonPropertyDescription(
                "Latency of the requests that succeeded, from the intended start and with the wait for a "
                        + "pooled connection; absent if none did.")
        @Nullable
        LatencySummary latencyMicros,

        @JsonPropertyDescription(
                "The part of the latency that was spent waiting for a pooled connection; absent if nothing "
                        + "was recorded.")
        @Nullable
        LatencySummary poolWaitMicros,

        @JsonPropertyDescription("By the role of the server that was asked.")
        ByRole byRole,

        @JsonPropertyDescription("By the name of the request: at most 500 names, the others together as (other names).")
        List<RequestStats> byRequest,

        @JsonPropertyDescription("Connections in use at once, in the closed model; absent in the open model, and for a "
                + "scenario of the user's.")
        Integer concurrency,

        @JsonPropertyDescription(
                "Length of the steady state, in seconds. Of a scenario of the user's without a plan, all of "
                        + "which counts: from the start of its first request to the end of its last one, at least 1.")
        double steadySeconds,

        @JsonPropertyDescription(
                "True if the steady state was shorter than planned, because the run was interrupted: the "
                        + "figures are those of a part. Otherwise absent.")
        @JsonRule("const: true")
        Boolean interrupted,

        @JsonPropertyDescription(
                "What the load generator itself took in the steady state; absent if it was not measured.")
        @Nullable
        Generator generator,

        @JsonPropertyDescription(
                "external.max-rate limited what was measured: at least one request in a hundred waited for "
                        + "it, so the figures say less about the servers than about the cap. Absent if it did not.")
        @Nullable
        LimitedByCap limitedByCap,

        @JsonPropertyDescription(
                "By the shard that was asked; absent where there is only one, or all of the stage goes to one of them.")
        @Nullable
        List<ShardStats> byShard,

        @JsonPropertyDescription(
                "How latencyMicros is distributed, by rising percentiles, as far as there are enough requests; absent with it.")
        @Nullable
        List<PercentilePoint> distribution,

        @JsonPropertyDescription(
                "The steady state over time, in at most 60 intervals, latencies to one significant digit (6 %); absent of "
                        + "loads whose experiment has their intervals, and of scenarios of the user's.")
        @Nullable
        List<StageInterval> intervals) {

    public Stage {
        errors = List.copyOf(errors);
        byRequest = List.copyOf(byRequest);
    }

    public static Stage of(StageMeasurement measured) {
        StagePlan plan = measured.plan();
        return new Stage(
                plan.name(),
                measured.engine(),
                plan.model(),
                plan.targetQps().isPresent() ? (double) plan.targetQps().getAsInt() : null,
                perSecond(measured.all().latency(), measured.seconds()),
                measured.all().count(),
                ErrorCount.summaries(measured.failures()),
                LatencySummary.of(measured.all().latency()),
                LatencySummary.of(measured.poolWait()),
                new ByRole(
                        RoleStats.of(measured.byRole().get(Role.PRIMARY)),
                        RoleStats.of(measured.byRole().get(Role.REPLICA))),
                measured.byRequest().stream()
                        .map(requests -> RequestStats.of(requests, measured.seconds()))
                        .toList(),
                plan.concurrency().isPresent() ? plan.concurrency().getAsInt() : null,
                measured.seconds(),
                measured.interrupted() ? true : null,
                measured.generator().map(share -> Generator.of(share, measured)).orElse(null),
                LimitedByCap.of(measured.cap()),
                plan.toOneShard() ? null : ShardStats.all(measured.byShard()),
                PercentilePoint.all(measured.all().latency()),
                StageInterval.all(measured.intervals()));
    }

    /** What one shard did; empty if no request of the stage went to it, or if it is not told by shard. */
    public Optional<ShardStats> ofShard(String name) {
        return byShard == null
                ? Optional.empty()
                : byShard.stream().filter(stats -> stats.shard().equals(name)).findFirst();
    }

    public static List<Stage> all(List<StageMeasurement> measured) {
        return measured.stream().map(Stage::of).toList();
    }

    /** The pictures of these stages for the HTML report. */
    public static List<Plot> plots(List<Stage> stages) {
        return StagePlots.of(stages);
    }

    private static double perSecond(AbstractHistogram latency, double seconds) {
        return Math.round(latency.getTotalCount() / seconds * 100) / 100.0;
    }

    /** Whether it is a scenario of the user's without a plan of ours. */
    @JsonIgnore
    public boolean isOwn() {
        return targetQps == null && concurrency == null;
    }

    /** Null, and absent from the JSON summary, if it is not. */
    @JsonProperty
    @JsonPropertyDescription(
            "True if it is a scenario of the user's without a plan of ours: all of its requests count. "
                    + "Otherwise absent.")
    @JsonRule("const: true")
    Boolean own() {
        return isOwn() ? true : null;
    }

    /** By the role of the server that was asked; null where no request went to that role. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ByRole(
            @JsonPropertyDescription("Requests to the primary; absent if there were none.") @Nullable
            RoleStats primary,

            @JsonPropertyDescription("Requests to replicas; absent if there were none.") @Nullable
            RoleStats replica) {}

    /** The requests of one name. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonClassDescription("The requests of one name.")
    public record RequestStats(
            @JsonPropertyDescription("Name of the request.") String name,

            @JsonPropertyDescription("All requests, failed ones included.")
            long requests,

            @JsonPropertyDescription("Requests that failed.")
            long errors,

            @JsonPropertyDescription("Requests that succeeded, per second.")
            double achievedQps,

            @JsonPropertyDescription("Latency of the requests that succeeded, to 1 %; absent if none did.") @Nullable
            LatencySummary latencyMicros,

            @JsonPropertyDescription(
                    "Requests that failed, by SQLState and error number, those that are no server's error also "
                            + "by message; each with its first message as it came.")
            List<ErrorCount> errorCounts,

            @JsonPropertyDescription("Shards that are missing from partial answers; empty if all answers are whole.")
            List<MissingShard> missingShards) {
        public RequestStats {
            errorCounts = List.copyOf(errorCounts);
            missingShards = List.copyOf(missingShards);
        }

        private static RequestStats of(StageMeasurement.NamedRequests requests, double seconds) {
            return new RequestStats(
                    requests.name(),
                    requests.count(),
                    requests.failed(),
                    perSecond(requests.latency(), seconds),
                    LatencySummary.of(requests.latency()),
                    ErrorCount.asTheyCame(requests.failures()),
                    requests.missing().entrySet().stream()
                            .map(shard -> new MissingShard(shard.getKey(), shard.getValue()))
                            .toList());
        }
    }

    /** Requests to every shard that had an answer without this one, as they allow it. */
    @JsonClassDescription("A shard that is missing from partial answers.")
    public record MissingShard(
            @JsonPropertyDescription("Its name.") String shard,

            @JsonPropertyDescription("Requests that succeeded without it.")
            long answers) {}

    /** How many requests failed. */
    public long failed() {
        return errors.stream().mapToLong(ErrorCount::count).sum();
    }

    /** Those of the failed requests that had no connection in time because of {@code external.max-rate}. */
    long failedOfCap() {
        return errors.stream()
                .filter(ErrorCount::isOfCap)
                .mapToLong(ErrorCount::count)
                .sum();
    }

    /** The requests of all these stages. */
    public static ErrorPercent.Requests requests(List<Stage> stages) {
        return new ErrorPercent.Requests(
                stages.stream().mapToLong(Stage::requests).sum(),
                stages.stream().mapToLong(Stage::failed).sum(),
                stages.stream().mapToLong(Stage::failedOfCap).sum());
    }
}
