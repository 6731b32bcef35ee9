package distributedmysql.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a command line is refused with. */
abstract class RefusedSettings {
    static void assertRefused(String message, String... commandLine) {
        assertThatThrownBy(() -> SettingsTest.load(commandLine))
                .isInstanceOf(SettingsException.class)
                .satisfies(e -> {
                    // Whichever line of it.
                    assertThat(e.getMessage()
                                    .replaceAll("[^ ]*(default|experiments/\\w+)\\.conf: [0-9]+", "default.conf"))
                            .isEqualTo(message);
                    assertThat(e.getStackTrace()).isEmpty();
                });
    }
}
