package distributedmysql.check;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.FailedRequests.Failure;
import distributedmysql.check.FailedRequests.Requests;
import distributedmysql.check.FailedRequests.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FailedRequestsTest {
    private static final Simulation SILENT = new Simulation(Set.of(), Map.of(), Map.of(), Map.of());
    private static final Requests BALANCE = new Requests("transfers", "balance", 501, 0, List.of());
    private static final Requests TYPO = new Requests(
            "transfers",
            "transfer",
            500,
            500,
            List.of(new Failure("42S02", 1146, 500, "Table 'game.accountz' doesn't exist")));

    @Test
    @DisplayName("What only waited too long for our own cap is UNKNOWN; a server's error beside it stays INVALID")
    void rateCap() {
        Failure ofCap = new Failure("CAP", 0, 30, "no connection, because requests waited for external.max-rate = 200");
        Failure ofServer = new Failure("HY000", 1205, 2, "Lock wait timeout exceeded");
        Requests waited = new Requests("select 200/s", "select", 100, 30, List.of(ofCap));
        Requests both = new Requests("select 200/s", "select", 100, 32, List.of(ofCap, ofServer));
        Simulation silent = new Simulation(Set.of(), Map.of(), Map.of(), Map.of());

        CheckResult unknown = FailedRequests.check(List.of(BALANCE, waited), silent);
        assertThat(unknown.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(unknown.evidence())
                .startsWith(
                        "limited by external.max-rate: \"select\" in \"select 200/s\": 30 of 100 failed: 30 times no");
        assertThat(unknown.next()).startsWith("Raise external.max-rate");
        for (List<Requests> requests : List.of(List.of(both), List.of(waited, TYPO))) {
            CheckResult invalid = FailedRequests.check(requests, silent);
            assertThat(invalid.verdict()).isEqualTo(Verdict.INVALID);
            assertThat(invalid.evidence()).containsAnyOf("2 times Lock wait timeout exceeded (1205)", "accountz");
            assertThat(invalid.doubt()).isNull();
        }
        assertThat(both.failedOfCap().failures()).containsExactly(ofCap);
        assertThat(both.failedOfCap().failed()).isEqualTo(30);
    }

    @Test
    void noFailureIsValid() {
        CheckResult result = FailedRequests.check(List.of(BALANCE), SILENT);
        assertThat(result).isEqualTo(CheckResult.valid("failed requests", "0 of 501 requests failed"));
    }

    @Test
    void aFailureIsInvalidAndNamesRequestScenarioErrorAndTable() {
        CheckResult result = FailedRequests.check(List.of(BALANCE, TYPO), SILENT);
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence())
                .isEqualTo(
                        "\"transfer\" in \"transfers\": 500 of 500 failed: 500 times Table 'game.accountz' doesn't exist"
                                + " (1146); 500 of 1,001 requests failed");
    }

    @Test
    void oneFailureOfManyIsInvalidToo() {
        Requests once = new Requests(
                "transfers", "transfer", 1_000_000, 1, List.of(new Failure("CHECK", 0, 1, "expected 1 rows, found 0")));
        CheckResult result = FailedRequests.check(List.of(once), SILENT);
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence()).contains("1 of 1,000,000 failed: 1 time expected 1 rows, found 0 (CHECK)");
    }

    @Test
    void whatMayFailPassesAndIsSaid() {
        Simulation allowed =
                new Simulation(Set.of("transfer"), Map.of("transfer", "the table comes later"), Map.of(), Map.of());
        CheckResult result = FailedRequests.check(List.of(BALANCE, TYPO), allowed);
        assertThat(result.verdict()).isEqualTo(Verdict.VALID);
        assertThat(result.evidence())
                .startsWith("500 of 1,001 requests failed; may fail (the table comes later): \"transfer\"")
                .contains("Table 'game.accountz' doesn't exist (1146)");
    }

    @Test
    void anotherRequestMayNotFailBecauseOneMay() {
        Simulation allowed = new Simulation(Set.of(), Map.of("balance", "why not"), Map.of(), Map.of());
        assertThat(FailedRequests.check(List.of(BALANCE, TYPO), allowed).verdict())
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void aNameThatIsNoRequestsIsInvalidAndTheRequestsAreListed() {
        Simulation misspelt = new Simulation(Set.of("deposit"), Map.of("tranfer", "a typo"), Map.of(), Map.of());
        CheckResult result = FailedRequests.check(List.of(BALANCE), misspelt);
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence())
                .contains("mayFail names what is no request of this simulation: \"tranfer\"")
                .contains("its requests are \"balance\", \"deposit\"");
    }

    @Test
    void aRequestThatWasNeverSentBecauseItsUsersLeftIsUnknown() {
        Requests login = new Requests(
                "shop", "login", 40, 40, List.of(new Failure("28000", 1045, 40, "Access denied for user 'x'@'y'")));
        Simulation left = new Simulation(
                Set.of("login", "buy"), Map.of("login", "not everybody may"), Map.of("shop", 40L), Map.of());
        CheckResult result = FailedRequests.check(List.of(login), left);
        assertThat(result.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(result.evidence())
                .startsWith("never sent: \"buy\"")
                .contains("40 users of \"shop\" left before its end, after a failure");
    }

    @Test
    void aBranchThatNobodyTookIsNoFailure() {
        Simulation branch = new Simulation(Set.of("balance", "rare"), Map.of(), Map.of(), Map.of());
        assertThat(FailedRequests.check(List.of(BALANCE), branch).verdict()).isEqualTo(Verdict.VALID);
    }

    @Test
    void requestsOfWhichNoneWasSentAreUnknown() {
        Simulation declared = new Simulation(Set.of("balance"), Map.of(), Map.of(), Map.of());
        assertThat(FailedRequests.check(List.of(), declared).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void usersThatNoRequestMarkedAsFailedAreInvalid() {
        Simulation marked =
                new Simulation(Set.of("balance"), Map.of(), Map.of("transfers", 3L), Map.of("transfers", 3L));
        CheckResult result = FailedRequests.check(List.of(BALANCE), marked);
        assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(result.evidence())
                .startsWith(
                        "marked as failed by no request: 3 users of \"transfers\" (a function of the simulation threw")
                .endsWith("3 users of \"transfers\" left before its end, after a failure");
    }

    @Test
    void usersThatAnotherActionMarkedAsFailedAreExplainedByItsFailures() {
        Requests http = new Requests("shop", "GET /", 5, 3, List.of(new Failure("OTHER", 0, 3, "status 500")));
        Simulation allowed = new Simulation(Set.of(), Map.of("GET /", "it is slow"), Map.of(), Map.of("shop", 3L));
        assertThat(FailedRequests.check(List.of(http), allowed).verdict()).isEqualTo(Verdict.VALID);
        Simulation more = new Simulation(Set.of(), Map.of("GET /", "it is slow"), Map.of(), Map.of("shop", 4L));
        assertThat(FailedRequests.check(List.of(http), more).verdict()).isEqualTo(Verdict.INVALID);
    }

    @Test
    void manyNamesAreNotAllListed() {
        List<Requests> many = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            many.add(new Requests("s", "request " + i, 1, 1, List.of(new Failure("HY000", 1205, 1, "lock"))));
        }
        assertThat(FailedRequests.check(many, SILENT).evidence())
                .contains("\"request 19\"")
                .doesNotContain("\"request 20\"")
                .contains("and 5 more names, all in the JSON summary");
    }
}
