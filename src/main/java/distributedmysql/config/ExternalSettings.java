package distributedmysql.config;

import java.util.List;

/**
 * Servers that are already there.
 *
 * @param passwordEnv the environment variable that holds the password
 */
public record ExternalSettings(HostPort primary, List<HostPort> replicas, String user, String passwordEnv) {

    static ExternalSettings read(SettingsReader reader) {
        String hostPort = "host:port";
        return new ExternalSettings(
                HostPort.parse(reader.text("external.primary", hostPort, HostPort::isValid)),
                reader.texts("external.replicas", "a list of host:port", HostPort::isValid).stream()
                        .map(HostPort::parse)
                        .toList(),
                reader.text("external.user", "a user's name", text -> !text.isBlank()),
                reader.text("external.password-env", "the name of an environment variable", text -> !text.isBlank()));
    }
}
