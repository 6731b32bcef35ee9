package distributedmysql.run;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.workload.GameStatements;
import distributedmysql.workload.Share;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final GameStatements STATEMENTS = new GameStatements("any");
    private static final List<Share> READS = List.of(new Share(STATEMENTS.selectPlayer(), 100));

    @Test
    void withADatabaseOfItsOwnEveryLoadIsPossible() {
        Access access = Access.full("any");

        assertThat(access.impossible(READS)).isEmpty();
        assertThat(access.impossible(STATEMENTS.mixed())).isEmpty();
        assertThat(access.compared()).containsExactly("any");
    }

    @Test
    void readOnlyWithKeptDataOnlyReadsArePossible() {
        Access access = Access.readOnly(Optional.empty(), List.of("any"));

        assertThat(access.impossible(READS)).isEmpty();
        assertThat(access.impossible(STATEMENTS.mixed())).get().asString().contains("external.read-only");
    }

    @Test
    void readOnlyWithoutDataNoLoadIsPossibleAndTheReasonsDiffer() {
        Access access = Access.readOnly(Optional.of("no data"), List.of());

        assertThat(access.impossible(READS)).hasValue("no data");
        assertThat(access.impossible(STATEMENTS.mixed())).get().asString().contains("external.read-only");
    }
}
