package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.HostPort;
import distributedmysql.history.EndpointHistory;
import distributedmysql.history.EndpointHistory.Answer;
import distributedmysql.history.EndpointHistory.Refused;
import distributedmysql.history.EndpointHistory.Right;
import distributedmysql.history.EndpointHistory.Served;
import distributedmysql.report.EndpointReport.Followed;
import distributedmysql.topology.Endpoint;
import distributedmysql.topology.Role;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class EndpointsReportTest {
    private static final Endpoint WRITER = new Endpoint("writer", Role.PRIMARY, new HostPort("127.0.0.1", 6446));
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** node1 is killed at 9.5 s, node2 promoted at 10 s and reached at 10.4 s. */
    static EndpointsReport promoted() {
        EndpointHistory history = history(List.of(
                new Served(8, "node1", 40),
                new Served(9, "node1", 20),
                new Served(10, "node2", 30),
                new Served(11, "node2", 41)));
        EndpointReport report = EndpointReport.of(WRITER, history, LIMIT, List.of(9_500_000L, 10_200_000L));
        return new EndpointsReport(List.of(report), HopCost.of(histogram(100, 300), histogram(160, 420)));
    }

    private static EndpointHistory history(List<Served> served) {
        return new EndpointHistory(
                "writer",
                List.of(
                        new Right(0, false, List.of("node1"), 1_000L),
                        new Right(10_000_000, true, List.of("node2"), 10_400_000L)),
                served,
                List.of(new Refused("node2", 1290, 3)),
                List.of(new Answer("node1", 12_000_000, 12_100_000, true, 1290)),
                0);
    }

    private static Histogram histogram(long p50, long p99) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(p50, 98);
        histogram.recordValueWithCount(p99, 2);
        return histogram;
    }

    @Test
    void saysWhoAnsweredWhenAndHowThePromotionWasFollowed() {
        assertThat(promoted().lines())
                .containsExactly(
                        "Endpoint writer: node1 from second 8 to 9, node2 from second 10 to 11; answers: node1 60, node2 71",
                        "Endpoint writer: first answer of node2 0.40 s after the roles changed in second 10, 0.90 s after the fault",
                        "Endpoint writer: writes that reached a server that could not take them: node2 3 (error 1290)",
                        "Endpoint writer: a wrong server answered in 1 second, the first in second 12",
                        "Router: a point read takes +0.060 ms at p50 (0.100 direct, 0.160 through), +0.120 ms at p99");
    }

    @Test
    void aPromotionThatNobodyAnsweredAfterHasNoTime() {
        EndpointHistory history = new EndpointHistory(
                "writer",
                List.of(
                        new Right(0, false, List.of("node1"), 1_000L),
                        new Right(10_000_000, true, List.of("node2"), null)),
                List.of(),
                List.of(),
                List.of(),
                0);

        EndpointReport report = EndpointReport.of(WRITER, history, LIMIT, List.of());

        assertThat(report.followed()).containsExactly(new Followed(10_000, List.of("node2"), null, null));
        assertThat(report.lines())
                .containsExactly(
                        "Endpoint writer: nobody answered; answers: ",
                        "Endpoint writer: no answer of node2 since second 10, when that became right for it");
    }

    @Test
    void aLongRunHasLongerIntervals() {
        EndpointHistory history =
                history(List.of(new Served(0, "node1", 1), new Served(1, "node1", 2), new Served(7_199, "node1", 4)));

        EndpointReport report = EndpointReport.of(WRITER, history, LIMIT, List.of());

        assertThat(report.intervalSeconds()).isEqualTo(2);
        assertThat(report.served())
                .containsExactly(
                        new EndpointReport.Served(0, "node1", 3), new EndpointReport.Served(7_198, "node1", 4));
    }
}
