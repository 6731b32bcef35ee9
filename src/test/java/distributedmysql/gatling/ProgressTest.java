package distributedmysql.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
    @ParameterizedTest
    @DisplayName("The seconds have ASCII digits in every language")
    @ValueSource(strings = {"en-US", "ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "th-TH-u-nu-thai"})
    void digits(String language) {
        Locale before = Locale.getDefault();
        PrintStream console = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Locale.setDefault(Locale.forLanguageTag(language));
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            new Progress().say("a line");
        } finally {
            System.setOut(console);
            Locale.setDefault(before);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).isEqualTo("[   0 s] a line" + System.lineSeparator());
    }
}
