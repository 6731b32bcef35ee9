package distributedmysql.experiment.sharding.resharding;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.ConnectionSettings;
import distributedmysql.topology.TestServers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReshardingSettingsTest {
    @Test
    @DisplayName("Clients wait for a connection as long as the user has said, because that is what their errors name")
    void connection() {
        ConnectionSettings run = TestServers.settings().connection();

        ConnectionSettings own = ReshardingReports.settings().connection(run);

        assertThat(own.poolSize()).isEqualTo(64);
        assertThat(own.poolTimeout()).isEqualTo(run.poolTimeout());
        assertThat(own.connectTimeout()).isEqualTo(run.connectTimeout());
    }
}
