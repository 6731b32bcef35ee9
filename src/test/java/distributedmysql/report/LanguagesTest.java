package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Console, file names and JSON are the same in every language")
class LanguagesTest {
    private static final Path JSON = Path.of("/reports/test_report.json");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ar-EG-u-nu-arab",
                "fa-IR-u-nu-arabext",
                "hi-IN-u-nu-deva",
                "tr-TR",
                "th-TH-u-ca-buddhist-nu-thai",
                "de-DE"
            })
    void theSameTexts(String language) throws IOException {
        Locale before = Locale.getDefault();
        String[] expected = inLanguage(Locale.ROOT, "root");
        assertThat(inLanguage(Locale.forLanguageTag(language), language)).isEqualTo(expected);
        assertThat(Locale.getDefault()).isEqualTo(before);
    }

    private String[] inLanguage(Locale locale, String folder) throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(locale);
        try {
            Path file = ReportWriter.write(Reports.full(), directory.resolve(folder));
            return new String[] {
                ConsoleSummary.of(Reports.full(), JSON, null),
                file.getFileName().toString(),
                Files.readString(file)
            };
        } finally {
            Locale.setDefault(before);
        }
    }
}
