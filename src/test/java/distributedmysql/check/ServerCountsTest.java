package distributedmysql.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.check.ServerCounts.Client;
import distributedmysql.check.ServerCounts.Server;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerCountsTest {
    private static final String SELECT = "SELECT a";
    private static final String UPDATE = "UPDATE b";

    @Test
    void validWhereAllCountsAreEqual() {
        CheckResult result = ServerCounts.check(
                "mixed",
                List.of(new Client("node1", UPDATE, 20, 0), new Client("node2", SELECT, 70, 0)),
                List.of(server("node1", Map.of(UPDATE, 20L), 20), server("node2", Map.of(SELECT, 70L), 70)));
        assertThat(result)
                .isEqualTo(CheckResult.valid(
                        "server counts: mixed", "90 executions on 2 servers, as the servers counted"));
    }

    @Test
    void sumsWhatTheClientCountedInParts() {
        List<Client> parts = List.of(new Client("node1", SELECT, 30, 0), new Client("node1", SELECT, 40, 0));
        assertThat(verdict(parts, server("node1", Map.of(SELECT, 70L), 70))).isEqualTo(Verdict.VALID);
    }

    @Test
    void invalidWhereTheServerExecutedMore() {
        CheckResult result = ServerCounts.check(
                "mixed",
                List.of(new Client("node1", SELECT, 100, 0), new Client("node1", UPDATE, 20, 1)),
                List.of(server("node1", Map.of(SELECT, 100L, UPDATE, 22L), 122)));
        assertThat(result)
                .isEqualTo(CheckResult.invalid(
                        "server counts: mixed", "node1: client 20 to 21, server at least 22: UPDATE b"));
    }

    @Test
    void invalidWhereTheServerExecutedFewer() {
        CheckResult result = ServerCounts.check(
                "mixed",
                List.of(new Client("node1", SELECT, 100, 0), new Client("node1", UPDATE, 20, 0)),
                List.of(server("node1", Map.of(SELECT, 99L, UPDATE, 20L), 119)));
        assertThat(result)
                .isEqualTo(CheckResult.invalid(
                        "server counts: mixed",
                        "node1: client 120, server 119: all statements together;"
                                + " client 100, server at least 99: SELECT a"));
    }

    @Test
    void invalidWhereOneStatementWasCountedAsAnother() {
        List<Client> clients = List.of(new Client("node1", SELECT, 99, 0), new Client("node1", UPDATE, 21, 0));
        assertThat(verdict(clients, server("node1", Map.of(SELECT, 100L, UPDATE, 20L), 120)))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void invalidWhereTheServerExecutedWhatTheClientNeverCounted() {
        assertThat(verdict(
                        List.of(new Client("node1", SELECT, 5, 0)), server("node1", Map.of(SELECT, 5L, UPDATE, 1L), 6)))
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void invalidComesBeforeUnknown() {
        List<Client> clients = List.of(new Client("node2", SELECT, 5, 0));
        CheckResult result = ServerCounts.check(
                "select", clients, List.of(cannotTell("node1"), server("node2", Map.of(SELECT, 4L), 4)));
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void uncertainExecutionsMayHaveHappenedOrNot() {
        List<Client> clients = List.of(new Client("node1", SELECT, 100, 3));
        assertThat(verdict(clients, server("node1", Map.of(SELECT, 99L), 99))).isEqualTo(Verdict.INVALID);
        assertThat(verdict(clients, server("node1", Map.of(SELECT, 100L), 100))).isEqualTo(Verdict.VALID);
        assertThat(verdict(clients, server("node1", Map.of(SELECT, 103L), 103))).isEqualTo(Verdict.VALID);
        assertThat(verdict(clients, server("node1", Map.of(SELECT, 104L), 104))).isEqualTo(Verdict.INVALID);
    }

    @Test
    void theSumIsComparedWhereTheServerNoLongerKnowsTheStatements() {
        List<Client> clients = List.of(new Client("node1", SELECT, 100, 0), new Client("node1", UPDATE, 20, 0));
        assertThat(verdict(clients, server("node1", Map.of(SELECT, 60L), 120))).isEqualTo(Verdict.VALID);
        assertThat(verdict(clients, server("node1", Map.of(SELECT, 60L), 119))).isEqualTo(Verdict.INVALID);
        assertThat(verdict(clients, server("node1", Map.of(SELECT, 60L), 121))).isEqualTo(Verdict.INVALID);
    }

    @Test
    void saysHowFarTheServerIsUncertain() {
        List<Client> clients = List.of(new Client("node1", SELECT, 100, 0));
        Server server = new Server("node1", Map.of(SELECT, 98L), 98, 106, Optional.empty());
        assertThat(ServerCounts.check("select", clients, List.of(server)))
                .isEqualTo(CheckResult.valid(
                        "server counts: select", "100 executions on 1 server, as the servers counted to within 8"));
    }

    @Test
    void unknownWhereAServerCannotTell() {
        CheckResult result =
                ServerCounts.check("select", List.of(new Client("node1", SELECT, 5, 0)), List.of(cannotTell("node1")));
        assertThat(result)
                .isEqualTo(CheckResult.unknown("server counts: select", "node1: the server was restarted in between"));
    }

    @Test
    void unknownWhereAServerWasNotAsked() {
        assertThat(ServerCounts.check("select", List.of(new Client("node1", SELECT, 5, 0)), List.of()))
                .isEqualTo(CheckResult.unknown("server counts: select", "node1: the server's counts were not read"));
    }

    @Test
    void unknownWhereNothingWasExecuted() {
        assertThat(verdict(List.of(), server("node1", Map.of(), 0))).isEqualTo(Verdict.UNKNOWN);
        assertThat(verdict(List.of(new Client("node1", SELECT, 0, 0)), server("node1", Map.of(), 0)))
                .isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void refusesNegativeCounts() {
        assertThatThrownBy(() -> new Client("node1", SELECT, -1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theStatementThatDiffersMostIsNamed() {
        CheckResult result = ServerCounts.check(
                "mixed",
                List.of(
                        new Client("node1", UPDATE, 200, 1),
                        new Client("node1", SELECT, 90, 0),
                        new Client("node1", UPDATE, 0, 2)),
                List.of(server("node1", Map.of(UPDATE, 199L, SELECT, 80L), 279)));
        assertThat(result.evidence())
                .isEqualTo("node1: client 290 to 293, server 279: all statements together;"
                        + " client 90, server at least 80: SELECT a");
    }

    private static Verdict verdict(List<Client> clients, Server server) {
        return ServerCounts.check("select", clients, List.of(server)).verdict();
    }

    private static Server server(String node, Map<String, Long> atLeast, long total) {
        return new Server(node, atLeast, total, total, Optional.empty());
    }

    private static Server cannotTell(String node) {
        return new Server(node, Map.of(), 0, 0, Optional.of("the server was restarted in between"));
    }
}
