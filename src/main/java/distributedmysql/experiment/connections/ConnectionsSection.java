package distributedmysql.experiment.connections;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.config.Plural;
import distributedmysql.history.JsonRule;
import distributedmysql.report.Figure;
import distributedmysql.report.Figure.Question;
import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What steps of connections have measured. */
@JsonClassDescription("Steps of connections to the primary; absent if they were not run.")
public record ConnectionsSection(
        @JsonPropertyDescription("What the steps say about the server; absent if they were not run.")
        Limit limit,

        @JsonPropertyDescription("A closed load with rising numbers of connections; absent if it was not run.")
        List<ConnectionStepReport> steps)
        implements Section {

    /** How many connections the server took. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Limit(
            @JsonPropertyDescription("The server that the steps connected to.")
            String node,

            @JsonPropertyDescription("Its variable max_connections.")
            long maxConnections,

            @JsonPropertyDescription("Its Threads_connected before the first step.")
            long connectedBefore,

            @JsonPropertyDescription("Its Threads_connected after the last step; absent if it could not be read.")
            Long connectedAfter,

            @JsonPropertyDescription("Connections of the first step that met error 1040; absent if none did.")
            @JsonRule("minimum: 1")
            Integer limitMetAt,

            @JsonPropertyDescription(
                    "The number of connections to the primary beyond which the throughput of reads on it no "
                            + "longer grows; absent if no step can tell. It says nothing of the replicas.")
            @JsonRule("minimum: 1")
            Integer recommendedConnections,

            @JsonPropertyDescription("Why that many, or why none.")
            String reason,

            @JsonPropertyDescription(
                    "Steps that were left out, because they do not fit and the server was not started by the run.")
            @JsonRule("items: {minimum: 1}")
            List<Integer> skipped) {}

    /** Of steps that had all their connections. */
    @Override
    public List<Metric> metrics() {
        return steps.stream()
                .filter(step -> step.opened() == step.connections()
                        && step.limitedByCap() == null
                        && step.latencyMicros() != null)
                .flatMap(step -> Stream.of(
                        Metric.perSecond("connections, " + step.connections() + " at once: rate", step.qps()),
                        Metric.micros(
                                "connections, " + step.connections() + " at once: p99",
                                step.latencyMicros().p99())))
                .filter(metric -> metric.value() > 0)
                .toList();
    }

    @Override
    public List<Plot> plots() {
        return ConnectionsPlots.of(this);
    }

    @Override
    public List<Figure> figures() {
        return limit.recommendedConnections == null
                ? List.of()
                : List.of(new Figure(
                        Question.CONNECTIONS,
                        limit.recommendedConnections.toString(),
                        "for reads on " + limit.node + ", the primary, which takes " + limit.maxConnections));
    }

    @Override
    public List<String> console(UnaryOperator<String> mark) {
        List<String> lines = new ArrayList<>();
        lines.add("Recommended connections for reads on " + limit.node + " (the primary): "
                + (limit.recommendedConnections == null ? "not known" : limit.recommendedConnections)
                + mark.apply(ConnectionSteps.NAME));
        for (String part : limit.reason.split("; ")) {
            lines.add("  " + part);
        }
        steps.stream()
                .filter(step -> step.limitedByCap() != null)
                .forEach(step -> lines.add(step.limitedByCap().warning(Plural.of(step.connections(), "connection"))));
        return lines;
    }
}
