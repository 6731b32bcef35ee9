package distributedmysql.topology.external;

import distributedmysql.config.HostPort;
import distributedmysql.config.Settings;
import distributedmysql.topology.Command;
import distributedmysql.topology.Node;
import distributedmysql.topology.TopologyException;
import distributedmysql.topology.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One of the user's own commands, run by a shell. It is given no password: the variables in which the settings look for
 * one are taken from its environment. Immutable and thread-safe.
 *
 * @param key of the settings, for messages
 * @param withheld the names of these variables
 */
public record Hook(String key, String command, Set<String> withheld) {
    static Hook kill(Settings settings) {
        return of(settings, "kill", settings.external().hooks().kill());
    }

    static Hook start(Settings settings) {
        return of(settings, "start", settings.external().hooks().start());
    }

    /** Makes a replica the primary; empty where that is a failover manager's to do. */
    public static Optional<Hook> promote(Settings settings) {
        String command = settings.external().hooks().promote();
        return command.isEmpty() ? Optional.empty() : Optional.of(of(settings, "promote", command));
    }

    private static Hook of(Settings settings, String name, String command) {
        return new Hook(
                "external.hooks." + name,
                command,
                Set.of(settings.external().passwordEnv(), settings.connection().trustStorePasswordEnv()));
    }

    /**
     * Runs it for a node; returns when it has ended with exit code 0.
     *
     * @param further variables of its environment, beside {@code NODE_NAME}, {@code NODE_HOST} and {@code NODE_PORT}
     * @throws TopologyException if it cannot be run, ends with another exit code, or does not end within the deadline;
     *     names key and command, and what it said
     */
    public void run(String name, HostPort address, Map<String, String> further, Duration deadline) {
        String what = name + " (" + address + "): " + key + " = " + command + ": ";
        Map<String, String> environment = new HashMap<>(further);
        environment.put("NODE_NAME", name);
        environment.putAll(address("NODE", address));
        Wait wait = Wait.atMost("the end of " + key + " for " + name + " (" + address + ")", deadline);
        try (wait) {
            Command.Result result = Command.run(List.of("sh", "-c", command), environment, withheld, deadline);
            if (result.exitCode() != 0) {
                String output = result.output().strip();
                throw new TopologyException(what + "exit code " + result.exitCode() + ": "
                        + (output.isEmpty() ? "it said nothing" : output));
            }
        } catch (IOException e) {
            throw new TopologyException(what + e);
        }
    }

    /** {@link #promote}, with {@code OLD_PRIMARY_HOST} and {@code OLD_PRIMARY_PORT} too. */
    public void promote(Node replica, Node former, Duration deadline) {
        run(replica.name(), replica.address(), address("OLD_PRIMARY", former.address()), deadline);
    }

    static Map<String, String> address(String prefix, HostPort address) {
        return Map.of(prefix + "_HOST", address.host(), prefix + "_PORT", Integer.toString(address.port()));
    }
}
