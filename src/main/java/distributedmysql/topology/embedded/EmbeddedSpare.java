package distributedmysql.topology.embedded;

import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Accounts;
import distributedmysql.topology.Await;
import distributedmysql.topology.ExitHook;
import distributedmysql.topology.Ports;
import distributedmysql.topology.SpareServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** A server beside those of an embedded deployment. */
final class EmbeddedSpare implements SpareServer {
    private interface Start {
        void run() throws IOException;
    }

    private final Credentials admin = Accounts.newSpare();
    private final DataTemplate template;
    private final ServerProcess server;

    EmbeddedSpare(String name, int serverId, RunDirectory run, ServerOptions options, DataTemplate template) {
        this.template = template;
        this.server = new ServerProcess(name, serverId, run, options, admin, Ports::free);
    }

    @Override
    public Path dataDirectory() {
        return server.data();
    }

    @Override
    public Node startEmpty(Duration deadline) {
        return started(() -> {
            template.requireSpaceFor(1);
            server.startFirst(template, Accounts.spare(admin), deadline);
        });
    }

    @Override
    public Node startOnData(Duration deadline) {
        return started(() -> {
            // Two servers with one UUID do not replicate.
            Files.deleteIfExists(server.data().resolve("auto.cnf"));
            template.copyKeysTo(server.data());
            server.startOnData(Accounts.spare(admin), deadline);
        });
    }

    private Node started(Start start) {
        try {
            start.run();
            return EmbeddedTopology.node(server, admin, admin);
        } catch (IOException e) {
            throw new TopologyException(server.name() + ": cannot be started: " + FileTrees.reason(e));
        } catch (SQLException e) {
            throw TopologyException.of(server + ": cannot be asked who it is", e);
        }
    }

    @Override
    public void handOver(Path directory, Duration deadline) {
        try (Mysql session = Mysql.open(server.address(), admin)) {
            Accounts.dropSpare(session, admin);
            server.mayEnd();
            session.execute("SHUTDOWN");
        } catch (SQLException e) {
            throw TopologyException.of(server + ": cannot be shut down", e);
        }
        Await.until(server + ": its end after SHUTDOWN", deadline, () -> !server.isAlive(), () -> "still there");
        ExitHook unlessMoved = new ExitHook("removal of half a data directory", () -> empty(directory));
        try (unlessMoved) {
            FileTrees.moveInto(server.data(), directory);
        } catch (IOException e) {
            empty(directory);
            throw new TopologyException(
                    server.name() + ": its data cannot be moved into " + directory + ": " + FileTrees.reason(e));
        }
    }

    private static void empty(Path directory) {
        try {
            FileTrees.deleteBelow(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("what was moved into " + directory + " cannot be removed", e);
        }
    }

    @Override
    public void close() {
        try {
            server.remove();
        } catch (IOException e) {
            throw new TopologyException(server.name() + ": its files cannot be removed: " + FileTrees.reason(e));
        }
    }
}
