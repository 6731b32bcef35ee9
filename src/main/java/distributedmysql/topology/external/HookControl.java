package distributedmysql.topology.external;

import distributedmysql.config.ExternalSettings.Hooks;
import distributedmysql.config.HostPort;
import distributedmysql.topology.Command;
import distributedmysql.topology.Credentials;
import distributedmysql.topology.Node;
import distributedmysql.topology.ServerControl;
import distributedmysql.topology.Tls;
import distributedmysql.topology.TopologyException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A server that is not ours, killed and started by the user's own commands. It lives as long as it takes connections. It
 * comes back with whatever its own configuration says: whether it is read-only is the user's to arrange.
 */
final class HookControl implements ServerControl {
    private static final Duration HOOK_DEADLINE = Duration.ofMinutes(2);
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 100;
    private static final Map<String, String> SHORT = Map.of("connectTimeout", "1000", "socketTimeout", "1000");

    private final String name;
    private final HostPort address;
    private final Credentials credentials;
    private final Tls tls;
    private final Hooks hooks;

    HookControl(String name, HostPort address, Credentials credentials, Tls tls, Hooks hooks) {
        this.name = name;
        this.address = address;
        this.credentials = credentials;
        this.tls = tls;
        this.hooks = hooks;
    }

    @Override
    public void kill() {
        run("external.hooks.kill", hooks.kill());
        await(false, KILL_DEADLINE);
    }

    @Override
    public void pause() {
        throw new TopologyException(this + ": servers that the framework did not start cannot be paused");
    }

    @Override
    public void resume() {
        throw new TopologyException(this + ": servers that the framework did not start cannot be paused");
    }

    @Override
    public void start(Duration deadline) {
        run("external.hooks.start", hooks.start());
        await(true, deadline);
    }

    @Override
    public boolean isAlive() {
        try {
            Node.connect(address, credentials, tls, SHORT).close();
            return true;
        } catch (SQLException e) {
            // An error that the server itself reports, such as 1040 (too many connections), is a sign of life.
            return e.getErrorCode() > 0;
        }
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.empty();
    }

    @Override
    public String toString() {
        return name + " (" + address + ")";
    }

    private void run(String key, String command) {
        Map<String, String> environment =
                Map.of("NODE_NAME", name, "NODE_HOST", address.host(), "NODE_PORT", Integer.toString(address.port()));
        try {
            Command.Result result = Command.run(List.of("sh", "-c", command), environment, HOOK_DEADLINE);
            if (result.exitCode() != 0) {
                throw new TopologyException(this + ": " + key + " = " + command + ": exit code " + result.exitCode()
                        + ": " + result.output().strip());
            }
        } catch (IOException e) {
            throw new TopologyException(this + ": " + key + " = " + command + ": " + e);
        }
    }

    private void await(boolean alive, Duration deadline) {
        long start = System.nanoTime();
        while (isAlive() != alive) {
            if (System.nanoTime() - start > deadline.toNanos()) {
                throw new TopologyException(this + ": waited " + deadline.toSeconds() + " s until it "
                        + (alive ? "takes" : "takes no more") + " connections");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TopologyException(this + ": interrupted while waiting");
            }
        }
    }
}
