package distributedmysql.config;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Servers that are already there.
 *
 * @param passwordEnv the environment variable that holds the password
 */
public record ExternalSettings(HostPort primary, List<HostPort> replicas, String user, String passwordEnv) {

    static ExternalSettings read(SettingsReader reader) {
        String hostPort = "host:port, with a port from 1 to 65535";
        ExternalSettings settings = new ExternalSettings(
                HostPort.parse(reader.text("external.primary", hostPort, HostPort::isValid)),
                reader
                        .texts(
                                "external.replicas",
                                "a list of at least one host:port, such as db1:3306,db2:3306",
                                HostPort::isValid)
                        .stream()
                        .map(HostPort::parse)
                        .toList(),
                reader.text("external.user", "a user's name", text -> !text.isBlank()),
                reader.text("external.password-env", "the name of an environment variable", text -> !text.isBlank()));
        Set<HostPort> servers = new HashSet<>(settings.replicas);
        if (!servers.add(settings.primary) || servers.size() != settings.replicas.size() + 1) {
            throw reader.refused(
                    "external.replicas", "a server may be there only once, and not be the primary " + settings.primary);
        }
        return settings;
    }
}
