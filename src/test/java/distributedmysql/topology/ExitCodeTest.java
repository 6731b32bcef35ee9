package distributedmysql.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {
    @ParameterizedTest
    @CsvSource({
        "0, exit code 0",
        "1, exit code 1",
        "137, exit code 137 (SIGKILL)",
        "139, exit code 139 (SIGSEGV)",
        "160, exit code 160 (signal 32)"
    })
    void namesTheSignal(int code, String words) {
        assertThat(ExitCode.words(code)).isEqualTo(words);
    }
}
