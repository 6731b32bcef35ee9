package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.history.EndpointHistory;
import distributedmysql.history.Event;
import distributedmysql.load.Endpoints;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is in front of the servers. */
@JsonClassDescription("What is in front of the servers, which the load went through.")
public record EndpointsReport(
        @JsonPropertyDescription("Its endpoints, the writer first.")
        List<EndpointReport> endpoints,

        @JsonPropertyDescription("What a request pays for the way through it; null if it could not be measured.")
        @Nullable
        HopCost hop) {

    public EndpointsReport {
        endpoints = List.copyOf(endpoints);
    }

    /** @param hop null if it was not measured */
    public static EndpointsReport of(Endpoints endpoints, List<Event> events, HopCost hop) {
        List<Long> faults = events.stream()
                .filter(event -> event.kind() == Event.Kind.FAULT)
                .map(event -> event.millis() * 1_000)
                .toList();
        List<EndpointHistory> histories = endpoints.histories();
        List<EndpointReport> reports = new ArrayList<>();
        for (int i = 0; i < histories.size(); i++) {
            reports.add(EndpointReport.of(endpoints.all().get(i), histories.get(i), endpoints.limit(), faults));
        }
        return new EndpointsReport(reports, hop);
    }

    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        endpoints.forEach(endpoint -> lines.addAll(endpoint.lines()));
        if (hop != null) {
            lines.add(hop.line());
        }
        return lines;
    }
}
