package distributedmysql.topology.external;

import distributedmysql.config.HostPort;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.HookRun;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerControl;
import distributedmysql.mysql.Tls;
import distributedmysql.mysql.TopologyException;
import distributedmysql.time.Deadline;
import distributedmysql.topology.Await;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A server that is not ours, killed and started by the user's own commands. It lives as long as its address takes
 * connections and leads to it. It comes back with whatever its own configuration says: whether it is read-only, and whom
 * it replicates from, is the user's to arrange.
 */
final class HookControl implements ServerControl {
    private static final Duration KILL_HOOK_DEADLINE = Duration.ofSeconds(60);
    private static final Duration KILL_DEADLINE = Duration.ofSeconds(30);

    private final String name;
    private final FoundServer server;
    private final Credentials credentials;
    private final Tls tls;
    private final Hook kill;
    private final Hook start;
    private final Supplier<Node> primary;

    /** @param primary the present one, which the hook that starts the server is told of */
    HookControl(
            String name,
            FoundServer server,
            Credentials credentials,
            Tls tls,
            Hook kill,
            Hook start,
            Supplier<Node> primary) {
        this.name = name;
        this.server = server;
        this.credentials = credentials;
        this.tls = tls;
        this.kill = kill;
        this.start = start;
        this.primary = primary;
    }

    @Override
    public boolean isOurs() {
        return false;
    }

    @Override
    public void kill() {
        kill.run(name, server.address(), Map.of(), KILL_HOOK_DEADLINE);
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

    /** The deadline is for the command and the server together. */
    @Override
    public void start(Duration deadline) {
        Deadline both = Deadline.after(deadline);
        HostPort follows = primary.get().address();
        start.run(name, server.address(), Hook.address("PRIMARY", follows), deadline);
        await(true, both.left());
    }

    @Override
    public boolean isAlive() {
        try (Mysql session = Mysql.open(server.address(), credentials, tls, Mysql.SHORT)) {
            return session.text("SELECT @@global.server_uuid").equals(server.uuid());
        } catch (SQLException e) {
            return isFromServer(e.getErrorCode());
        }
    }

    /**
     * An error that the server itself reports, such as 1040 (too many connections), is a sign of life. Those from 2000 to
     * 2999 are clients' (MySQL Router passes on 2003), and those from 9000 ProxySQL's.
     */
    private static boolean isFromServer(int error) {
        return error >= 1000 && error < 9000 && error / 1000 != 2;
    }

    @Override
    public List<HookRun> hooks() {
        return Stream.of(kill, start)
                .flatMap(hook -> hook.runs().stream())
                .sorted(Comparator.comparing(HookRun::begun))
                .toList();
    }

    @Override
    public OptionalLong pid() {
        return OptionalLong.empty();
    }

    @Override
    public String toString() {
        return name + " (" + server.address() + ")";
    }

    private void await(boolean alive, Duration deadline) {
        Await.until(
                this + ": it to take " + (alive ? "connections" : "none"),
                deadline,
                () -> isAlive() == alive,
                () -> alive ? "it takes none" : "it takes connections");
    }
}
