package distributedmysql.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.ExperimentSettings;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsException;
import distributedmysql.config.SettingsReader;
import distributedmysql.config.SettingsSection;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreSettingsTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private record Held(StoreSettings store) implements ExperimentSettings {}

    /** Has the defaults of the project's file. */
    private static final SettingsSection SECTION = new SettingsSection() {
        @Override
        public String key() {
            return "backup";
        }

        @Override
        public String defaults() {
            try {
                return Files.readString(Path.of("simulations-config/experiments/backup.conf"))
                        .lines()
                        .map(line -> line.replaceFirst("^# ?", ""))
                        .dropWhile(line -> !line.startsWith("backup {"))
                        .collect(Collectors.joining("\n"));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public ExperimentSettings read(SettingsReader reader) {
            return new Held(StoreSettings.read(reader));
        }
    };

    private static StoreSettings load(String... commandLine) {
        Properties properties = new Properties();
        for (String setting : commandLine) {
            String[] parts = setting.split("=", 2);
            properties.setProperty(parts[0], parts[1]);
        }
        List<SettingsSection> sections = new ArrayList<>(new distributedmysql.experiment.Experiments().experiments());
        sections.add(SECTION);
        return Settings.load(Path.of(""), properties, sections, Set.of())
                .of(Held.class)
                .store();
    }

    @Test
    void theDefaults() {
        assertThat(load())
                .isEqualTo(new StoreSettings(
                        Optional.of(Path.of("results/backups")),
                        Optional.empty(),
                        Optional.empty(),
                        1,
                        new Retention(Duration.ofDays(31), 2)));
    }

    @Test
    void aBucketOfAStoreOfOnesOwn() {
        StoreSettings settings = load(
                "backup.store.directory=",
                "backup.store.s3.bucket=backups",
                "backup.store.s3.endpoint=http://localhost:9000",
                "backup.store.s3.prefix=mysql/staging/",
                "backup.store.s3.path-style=true",
                "backup.encryption.key-variable=BACKUP_KEY");

        assertThat(settings.directory()).isEmpty();
        assertThat(settings.s3())
                .contains(new S3Settings(
                        Optional.of(URI.create("http://localhost:9000")),
                        "us-east-1",
                        "backups",
                        "mysql/staging/",
                        true,
                        16 << 20));
        assertThat(settings.key()).contains(KeySource.ofVariable("BACKUP_KEY"));
        assertThat(load("backup.encryption.key-file=/etc/backup.key").key())
                .contains(KeySource.ofFile(Path.of("/etc/backup.key")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "backup.store.s3.bucket=A | must be empty, or the name of a bucket",
                "backup.store.s3.endpoint=localhost:9000 | must be empty, or an address such as http://localhost:9000",
                "backup.store.s3.region= | must be the name of a region",
                "backup.store.s3.prefix=/mysql | must be empty, or names that end with a slash",
                "backup.store.s3.part-size=1MiB | must be a size with its unit, from 5MiB to 1024MiB",
                "backup.compression-level=16 | must be a whole number from 1 to 15",
                "backup.retention.keep-fulls=0 | must be a whole number from 1 to 10000",
                "backup.retention.keep-for=31 | must be a duration with its unit",
                "backup.store.directory= | backups need a directory or a bucket"
            })
    void whatIsNotAllowed(String setting, String message) {
        assertThatThrownBy(() -> load(setting))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("command line: " + setting.replace("=", " = "))
                .hasMessageContaining(message);
    }

    @Test
    void oneKey() {
        assertThatThrownBy(() -> load("backup.encryption.key-file=a", "backup.encryption.key-variable=B"))
                .hasMessageContaining("there is one key: name a file or a variable");
    }

    @Test
    void whoGivesAKeyOrAPasswordAsASettingDoesNotSeeItPrinted() {
        for (String setting : List.of(
                "backup.encryption.key-file=" + KEY,
                "backup.encryption.key-variable=" + KEY,
                "backup.store.s3.endpoint=http://user:secret@host")) {
            assertThatThrownBy(() -> load(setting))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageStartingWith(setting.split("=")[0] + ": must ")
                    .hasMessageNotContaining(KEY)
                    .hasMessageNotContaining("secret");
        }
    }
}
