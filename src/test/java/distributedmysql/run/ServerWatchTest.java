package distributedmysql.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ServerWatchTest {
    private static final String ENDED =
            "node2 (127.0.0.1:1): it has ended unexpectedly, with exit code 137 (SIGKILL); the end of its error log:";

    @Test
    @DisplayName("The console has one short line about a server that has ended, with the last line of its error log")
    void warning() {
        String told = ENDED + "\n" + "a".repeat(500) + "\n" + "b".repeat(500);
        assertThat(ServerWatch.warning(told)).isEqualTo("warning: " + ENDED + " " + "b".repeat(160) + "…");
        assertThat(ServerWatch.warning(ENDED + "\nshort")).isEqualTo("warning: " + ENDED + " short");
        assertThat(ServerWatch.warning(ENDED)).isEqualTo("warning: " + ENDED);
    }
}
