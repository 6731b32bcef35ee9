package distributedmysql.experiment.connections;

import com.fasterxml.jackson.annotation.JsonInclude;
import distributedmysql.config.Plural;
import distributedmysql.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What steps of connections have measured. */
public record ConnectionsSection(Limit limit, List<ConnectionStepReport> steps) implements Section {
    /**
     * @param node the server that the steps connected to
     * @param maxConnections its {@code max_connections}
     * @param connectedBefore its {@code Threads_connected} before the first step
     * @param connectedAfter the same after the last step; null if it could not be read
     * @param limitMetAt the first step that met error 1040; null if none did
     * @param recommendedConnections the pool size beyond which throughput no longer grows; null if no step can tell
     * @param reason why that many, or why none
     * @param skipped steps that were not run, because they do not fit and the server is not ours to exhaust
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Limit(
            String node,
            long maxConnections,
            long connectedBefore,
            Long connectedAfter,
            Integer limitMetAt,
            Integer recommendedConnections,
            String reason,
            List<Integer> skipped) {}

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
