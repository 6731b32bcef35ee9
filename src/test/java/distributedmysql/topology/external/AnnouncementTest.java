package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.experiment.AllSettings;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
    private static final String[] FAULTS = {
        "external.allow-faults=true", "external.hooks.kill=x", "external.hooks.start=y"
    };

    @Test
    void saysWhatArrivesWhatWaitsAndWhatComesOnTop() {
        assertThat(announced("performance", FAULTS))
                .startsWith("at rates of their own, at most so many requests per second arrive, all servers together:"
                        + " performance.select.rates 800, performance.mixed 250\n"
                        + "besides, as far as external.max-rate = 5000 has room in each second: loading the data, the reads of"
                        + " performance.max-throughput, opening and closing connections\n"
                        + "not counted, on top of external.max-rate: administration (the checks before the run, making and"
                        + " dropping the database, ")
                .contains("a server stopped")
                .doesNotContain("promotion", "consistency", "stability", "tables");
    }

    @Test
    void ofAFailoverItSaysNotThatNoServerIsStopped() {
        assertThat(announced("failover", FAULTS))
                .contains("failover 150", "a promotion)")
                .doesNotContain("a server stopped", "performance", "consistency", "soak", "steps");
        assertThat(announced("failover")).contains("a server stopped").doesNotContain("promotion");
        assertThat(announced("soak")).contains("soak 129").doesNotContain("failover", "steps");
        assertThat(announced("connections")).contains("connections.steps").doesNotContain("failover", "soak");
    }

    @Test
    void aReadOnlyRunLoadsNothing() {
        assertThat(announced("consistency", "external.read-only=true"))
                .contains("the comparison of tables", "takes 30 s for the lag")
                .doesNotContain("loading the data", "dropping", "until a write");
        assertThat(announced("performance", "external.read-only=true")).doesNotContain("lag", "tables");
    }

    private static String announced(String part, String... settings) {
        Properties properties = new Properties();
        properties.setProperty("topology", "external");
        for (String setting : settings) {
            properties.setProperty(setting.split("=")[0], setting.split("=")[1]);
        }
        return String.join("\n", Announcement.of(AllSettings.load(properties, Set.of(part))));
    }
}
