package distributedmysql.config;

import java.time.Duration;

/** Warm-up (not counted), ramp (not counted) and steady state of one stage. */
public record Phases(Duration warmUp, Duration ramp, Duration steady) {
    /** The three keys of this section. */
    public static Phases read(SettingsReader reader, String section) {
        return new Phases(
                reader.duration(section + ".warm-up", Duration.ZERO, Settings.HOUR),
                reader.duration(section + ".ramp", Duration.ZERO, Settings.HOUR),
                steady(reader, section));
    }

    /** Those of a closed load, which has no ramp. */
    public static Phases withoutRamp(SettingsReader reader, String section) {
        return new Phases(
                reader.duration(section + ".warm-up", Duration.ZERO, Settings.HOUR),
                Duration.ZERO,
                steady(reader, section));
    }

    private static Duration steady(SettingsReader reader, String section) {
        return reader.duration(section + ".steady", Duration.ofSeconds(1), Settings.DAY);
    }
}
