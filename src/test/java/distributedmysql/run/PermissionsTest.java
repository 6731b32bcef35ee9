package distributedmysql.run;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.load.data.GameStatements;
import distributedmysql.load.data.Share;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PermissionsTest {
    private static final GameStatements STATEMENTS = new GameStatements("any");
    private static final List<Share> READS = List.of(new Share(STATEMENTS.selectPlayer(), 100));

    @Test
    void withADatabaseOfItsOwnEveryLoadIsPossible() {
        Permissions access = Permissions.full("any");

        assertThat(access.impossible(READS)).isEmpty();
        assertThat(access.impossible(STATEMENTS.mixed())).isEmpty();
        assertThat(access.compared()).containsExactly("any");
    }

    @Test
    void readOnlyWithKeptDataOnlyReadsArePossible() {
        Permissions access = Permissions.readOnly(Optional.empty(), List.of("any"));

        assertThat(access.impossible(READS)).isEmpty();
        assertThat(access.impossible(STATEMENTS.mixed())).get().asString().contains("external.read-only");
    }

    @Test
    void readOnlyWithoutDataNoLoadIsPossibleAndTheReasonsDiffer() {
        Permissions access = Permissions.readOnly(Optional.of("no data"), List.of());

        assertThat(access.impossible(READS)).hasValue("no data");
        assertThat(access.impossible(STATEMENTS.mixed())).get().asString().contains("external.read-only");
    }
}
