package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import distributedmysql.config.ChangedSetting;
import distributedmysql.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When and with what the run was made.
 *
 * @param gitCommit of the directory in which the run happens; null outside git, or where git is not installed
 * @param settings every setting as it took effect, by key
 * @param config which profiles were read, and where each setting that is not the default's comes from
 * @param incomplete why it did not come to its end, for instance {@code interrupted}; null if it did
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Run(
        Instant start,
        Instant end,
        double durationSeconds,
        String profile,
        String simulation,
        ToolVersions toolVersions,
        String gitCommit,
        Map<String, Object> settings,
        RunConfig config,
        String incomplete) {

    /**
     * @param profiles in the order in which they were read; later ones win
     * @param changed the settings that are not as in {@code default.conf}, by key
     * @param warnings which of them one profile has set and a later one has set back to the default
     */
    public record RunConfig(List<String> profiles, List<ChangedSetting> changed, List<String> warnings) {
        static RunConfig of(Settings settings) {
            return new RunConfig(
                    List.of(settings.profile().split(",")), settings.changed(), settings.profileWarnings());
        }
    }

    public Run {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** Whether the run came to its end. */
    @JsonProperty
    public boolean completed() {
        return incomplete == null;
    }

    /**
     * With the tool versions and git commit of this JVM and its working directory.
     *
     * @param simulation the class name
     * @param incomplete why the run did not come to its end; null if it did
     */
    public static Run of(Instant start, Instant end, Settings settings, String simulation, String incomplete) {
        return new Run(
                start,
                end,
                Duration.between(start, end).toMillis() / 1000.0,
                settings.profile(),
                simulation,
                ToolVersions.read(),
                GitCommit.of(Path.of("")).orElse(null),
                settings.effective(),
                RunConfig.of(settings),
                incomplete);
    }
}
