package distributedmysql.experiment.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.config.PlannedTime;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsException;
import distributedmysql.experiment.AllSettings;
import distributedmysql.experiment.backup.BackupSettings.Strategy;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BackupSettingsTest {
    private static final String EXTERNAL = "topology=external";
    private static final String COMMANDS = "backup.hooks.full=true";
    private static final String RESTORE = "backup.hooks.restore=true";
    private static final String HOOKS = "backup.strategies=hooks";

    @Test
    void defaults() {
        BackupSettings settings = read();
        assertThat(settings.strategies()).containsExactly(Strategy.CLONE, Strategy.DUMP);
        assertThat(settings.store().key()).isEmpty();
        assertThat(settings.store().s3()).isEmpty();
        assertThat(settings.hooks().areGiven()).isFalse();
    }

    @Test
    @DisplayName("The default profile takes at most 100 s, quick 30 s, without the servers' start")
    void time() {
        assertThat(seconds("profile=default")).isLessThanOrEqualTo(100);
        assertThat(seconds("profile=quick")).isLessThanOrEqualTo(30);
    }

    @Test
    void hooksNeedCommands() {
        assertThatThrownBy(() -> read(HOOKS))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(
                        "the strategy hooks needs the commands backup.hooks.full and backup.hooks.restore");
        assertThatThrownBy(() -> read(COMMANDS, RESTORE))
                .hasMessageContaining("backup.strategies must have hooks, or backup.hooks.full must be empty");
        assertThat(read(HOOKS, COMMANDS, RESTORE).hooks().areGiven()).isTrue();
    }

    @Test
    @DisplayName("Servers that are not ours are backed up by the user's own commands, or where faults are allowed")
    void permission() {
        assertThat(refused()).isEmpty();
        assertThat(refused(EXTERNAL)).contains("external.allow-faults = false and backup.hooks.full is empty");
        assertThat(refused(EXTERNAL, HOOKS, COMMANDS, RESTORE)).isEmpty();
        assertThat(refused(
                        EXTERNAL,
                        "external.allow-faults=true",
                        "external.hooks.kill=true",
                        "external.hooks.start=true"))
                .isEmpty();
        assertThat(refused(EXTERNAL, "external.read-only=true")).contains("external.read-only = true");
    }

    @Test
    void whatIsNotPlayedAsksNothing() {
        Settings settings = load(EXTERNAL);
        BackupSettings own = settings.of(BackupSettings.class);
        assertThat(own.time(settings)).isEqualTo(PlannedTime.NOTHING);
        assertThat(own.requests(settings, 1)).isEmpty();
        assertThat(own.connections(settings, 1)).isEmpty();
        assertThat(own.waiting(settings)).isEmpty();
    }

    private static String refused(String... commandLine) {
        Settings settings = load(commandLine);
        return BackupPermission.refused(settings, settings.of(BackupSettings.class))
                .orElse("");
    }

    private static long seconds(String profile) {
        BackupSettings settings = read(profile);
        Duration whole = settings.load().plus(settings.verification(1));
        return whole.toSeconds();
    }

    private static Settings load(String... commandLine) {
        Properties properties = new Properties();
        for (String setting : commandLine) {
            int equals = setting.indexOf('=');
            properties.setProperty(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return AllSettings.load(properties);
    }

    private static BackupSettings read(String... commandLine) {
        return load(commandLine).of(BackupSettings.class);
    }
}
