package distributedmysql.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.topology.TestEnding;
import distributedmysql.topology.TopologyException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ErrorsOfUsersTest {
    private static final String MESSAGE = "db1:3306: lacks privileges:\nGRANT SELECT ON a.* TO b;";

    @Test
    @DisplayName("What a user can mend is said whole and once, however it is wrapped")
    void mendable() throws InterruptedException {
        RuntimeException wrapped =
                new RuntimeException("no simulation", new InvocationTargetException(new TopologyException(MESSAGE)));

        assertThat(said(new TopologyException(MESSAGE)).strip()).isEqualTo("error: " + MESSAGE);
        assertThat(said(wrapped).strip()).isEqualTo("error: " + MESSAGE);
        try (TestEnding ending = new TestEnding()) {
            assertThat(ending).isNotNull();
            assertThat(said(wrapped).strip()).isEqualTo("interrupted: " + MESSAGE);
        }
    }

    @Test
    @DisplayName("A mistake of the program keeps its stack")
    void mistake() throws InterruptedException {
        assertThat(said(new IllegalStateException("a mistake")))
                .contains("java.lang.IllegalStateException: a mistake")
                .contains("\tat " + getClass().getName());
    }

    private static String said(RuntimeException thrown) throws InterruptedException {
        PrintStream console = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            Thread thread = new Thread(() -> {
                ErrorsOfUsers.sayWithoutStack();
                throw thrown;
            });
            thread.start();
            thread.join();
        } finally {
            System.setErr(console);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
