package distributedmysql.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.TestEnding;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ErrorsOfUsersTest {
    private static final String MESSAGE = "db1:3306: lacks privileges:\nGRANT SELECT ON a.* TO b;";

    private final List<Integer> exitCodes = new ArrayList<>();

    @Test
    @DisplayName("What a user can mend is said whole and once, and the JVM ends")
    void mendable() {
        assertThat(said(new TopologyException(MESSAGE)).strip()).isEqualTo("error: " + MESSAGE);
        try (TestEnding ending = new TestEnding()) {
            assertThat(ending).isNotNull();
            assertThat(said(new TopologyException(MESSAGE)).strip()).isEqualTo("interrupted: " + MESSAGE);
        }
        assertThat(exitCodes).containsExactly(1, 1);
    }

    @Test
    @DisplayName("A mistake of the program goes on, with its stack")
    void mistake() {
        assertThat(said(new IllegalStateException("a mistake"))).isEmpty();
        assertThat(exitCodes).isEmpty();
    }

    @Test
    @DisplayName(
            "What a simulation has given and we refuse is said with its line; anything else is a mistake of the program")
    void ofASimulation() {
        IllegalArgumentException refused = new IllegalArgumentException("check mine: give a Meaning");
        refused.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("distributedmysql.run.Check", "<init>", "Check.java", 41),
            new StackTraceElement("shop.ShopSimulation", "lambda$new$0", "ShopSimulation.java", 23),
            new StackTraceElement("distributedmysql.run.TestRun", "planned", "TestRun.java", 350)
        });
        assertThat(said(refused).strip()).isEqualTo("error: check mine: give a Meaning (ShopSimulation.java:23)");
        assertThat(exitCodes).containsExactly(1);
        refused.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("distributedmysql.run.TestRun", "planned", "TestRun.java", 350)
        });
        assertThat(said(refused)).isEmpty();
    }

    @Test
    @DisplayName("Without an error nothing happens")
    void good() {
        assertThat(ErrorsOfUsers.<Integer>orExit(() -> 1, exitCodes::add)).isEqualTo(1);
        assertThat(exitCodes).isEmpty();
    }

    private String said(RuntimeException thrown) {
        PrintStream console = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertThatThrownBy(() -> ErrorsOfUsers.orExit(
                            () -> {
                                throw thrown;
                            },
                            exitCodes::add))
                    .isSameAs(thrown);
        } finally {
            System.setErr(console);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
