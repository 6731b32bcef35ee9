package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.config.ChangedSetting;
import distributedmysql.config.Settings;
import distributedmysql.history.JsonRule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** When and with what the run was made. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Run(
        @JsonPropertyDescription("Start, ISO-8601 in UTC.") Instant start,
        @JsonPropertyDescription("End, ISO-8601 in UTC.") Instant end,

        @JsonPropertyDescription("From start to end, in seconds.")
        double durationSeconds,

        @JsonPropertyDescription("Names of the profiles in simulations-config, separated by commas.")
        String profile,

        @JsonPropertyDescription("Class name of the simulation.")
        String simulation,

        @JsonPropertyDescription("Versions that the run was made with.")
        ToolVersions toolVersions,

        @JsonPropertyDescription("Commit that is checked out in the directory of the run; absent outside git.")
        @JsonRule("pattern: '^[0-9a-f]{40,64}$'")
        @Nullable
        String gitCommit,

        @JsonPropertyDescription(
                "Every setting as it took effect, by key; durations and sizes with their units, as written. "
                        + "Holds no secret.")
        Map<String, Object> settings,

        @JsonPropertyDescription("Where the settings come from; absent in reports of versions that did not say it.")
        RunConfig config,

        @JsonPropertyDescription("Why it did not; absent if it did.") @Nullable
        String incomplete) {

    /** Where the settings come from. */
    public record RunConfig(
            @JsonPropertyDescription(
                    "The profiles of simulations-config, in the order in which they were read; later ones win. "
                            + "default.conf is read before them, always.")
            @JsonRule("minItems: 1")
            List<String> profiles,

            @JsonPropertyDescription("The settings that are not as in default.conf, by key.")
            List<ChangedSetting> changed,

            @JsonPropertyDescription(
                    "Settings that one profile has set and a later one has set back to the default, and what to "
                            + "do if that was not meant.")
            List<String> warnings) {
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
    @JsonPropertyDescription("Whether the run came to its end.")
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
