package distributedmysql.topology.external;

import distributedmysql.config.HostPort;
import distributedmysql.config.Settings;
import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.mysql.DebugLog;
import distributedmysql.mysql.HookRun;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Command;
import distributedmysql.topology.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One of the user's own commands, run by a shell. It is given no password: the variables in which the settings look for
 * one are taken from its environment. Neither Ctrl-C nor the end of the run cuts it short, because half of it might be
 * worse than all of it or nothing. Thread-safe.
 */
public final class Hook {
    private final String key;
    private final String command;
    private final Set<String> withheld;
    private final EventLog events;
    private final List<HookRun> runs = new ArrayList<>();

    /**
     * @param key of the settings, for messages
     * @param withheld the names of these variables
     * @param events when it begins and how it ends is added to
     */
    public Hook(String key, String command, Set<String> withheld, EventLog events) {
        this.key = key;
        this.command = command;
        this.withheld = withheld;
        this.events = events;
    }

    static Hook kill(Settings settings, EventLog events) {
        return of(settings, "kill", settings.external().hooks().kill(), events);
    }

    static Hook start(Settings settings, EventLog events) {
        return of(settings, "start", settings.external().hooks().start(), events);
    }

    /** Makes a replica the primary; empty where that is a failover manager's to do. */
    public static Optional<Hook> promote(Settings settings, EventLog events) {
        String command = settings.external().hooks().promote();
        return command.isEmpty() ? Optional.empty() : Optional.of(of(settings, "promote", command, events));
    }

    private static Hook of(Settings settings, String name, String command, EventLog events) {
        return new Hook(
                "external.hooks." + name,
                command,
                Set.of(settings.external().passwordEnv(), settings.connection().trustStorePasswordEnv()),
                events);
    }

    public String key() {
        return key;
    }

    /** Each time that it was run so far, in order. */
    public synchronized List<HookRun> runs() {
        return List.copyOf(runs);
    }

    /**
     * Runs it for a node; returns when it has ended with exit code 0.
     *
     * @param further variables of its environment, beside {@code NODE_NAME}, {@code NODE_HOST} and {@code NODE_PORT}
     * @return what it said
     * @throws TopologyException if it cannot be run, ends with another exit code, or does not end within the deadline;
     *     names key and command, and what it said
     */
    public String run(String name, HostPort address, Map<String, String> further, Duration deadline) {
        return run(name, Optional.of(address), further, deadline);
    }

    /** The same for a server that has no address yet. */
    public String run(String name, Optional<HostPort> address, Map<String, String> further, Duration deadline) {
        String node = name + address.map(known -> " (" + known + ")").orElse("");
        String what = node + ": " + key + " = " + command + ": ";
        Map<String, String> environment = new HashMap<>(further);
        environment.put("NODE_NAME", name);
        address.ifPresent(known -> environment.putAll(address("NODE", known)));
        HookRun run = HookRun.running(key, node);
        int index = add(run);
        tell(name, "begins");
        Wait wait = Wait.atMost("the end of " + key + " for " + node, deadline);
        try (wait) {
            Command.Result result = Command.runApart(command, environment, withheld, deadline);
            set(index, run.ended(result.exitCode()));
            tell(name, "ended with exit code " + result.exitCode());
            if (result.exitCode() != 0) {
                String output = result.output().strip();
                throw new TopologyException(what + "exit code " + result.exitCode() + ": "
                        + (output.isEmpty() ? "it said nothing" : output));
            }
            return result.output();
        } catch (IOException e) {
            set(index, run.failed("it could not be run: " + e));
            tell(name, "could not be run: " + e);
            throw new TopologyException(what + e);
        } catch (Command.NotEndedException e) {
            set(index, run.failed(e.getMessage()));
            tell(name, e.getMessage());
            throw new TopologyException(what + e.getMessage());
        }
    }

    private void tell(String node, String what) {
        DebugLog.FAULTS.say(() -> node + ": " + key + ": " + what);
        events.add(Event.Kind.FAULT, node, key + ": " + what);
    }

    private synchronized int add(HookRun run) {
        runs.add(run);
        return runs.size() - 1;
    }

    private synchronized void set(int index, HookRun run) {
        runs.set(index, run);
    }

    /** {@link #promote}, with {@code OLD_PRIMARY_HOST} and {@code OLD_PRIMARY_PORT} too. */
    public void promote(Node replica, Node former, Duration deadline) {
        run(replica.name(), replica.address(), address("OLD_PRIMARY", former.address()), deadline);
    }

    static Map<String, String> address(String prefix, HostPort address) {
        return Map.of(prefix + "_HOST", address.host(), prefix + "_PORT", Integer.toString(address.port()));
    }
}
