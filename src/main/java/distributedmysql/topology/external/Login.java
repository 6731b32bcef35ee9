package distributedmysql.topology.external;

import distributedmysql.config.Settings;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Tls;
import distributedmysql.mysql.TopologyException;
import java.util.Map;

/**
 * As whom, and how, all servers are connected to.
 *
 * @param password where that of the credentials was found
 */
record Login(Credentials credentials, Password password, Tls tls) {
    /** @throws TopologyException if there is no password, or the certificates that are to be trusted cannot be read */
    static Login of(Settings settings, Map<String, String> environment) {
        Password password = Password.find(settings.external(), environment);
        return new Login(
                new Credentials(settings.external().user(), password.text()),
                password,
                Tls.of(settings.connection(), environment));
    }
}
