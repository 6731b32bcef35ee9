package distributedmysql.topology.router;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import distributedmysql.config.HostPort;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A web server on 127.0.0.1 that a router asks whether an endpoint may lead to a server: {@code GET /writer/node1} is answered with
 * 200 or 503. Thread-safe.
 */
final class RoleChecks implements AutoCloseable {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int NOT_FOUND = 404;

    private final RoleCheck check;
    private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();
    private final Map<String, Node> nodes = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> answered = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, work -> {
        Thread thread = new Thread(work, "answers to role checks");
        thread.setDaemon(true);
        return thread;
    });

    RoleChecks(List<Node> nodes, RoleCheck check) throws IOException {
        this.check = check;
        nodes.forEach(node -> this.nodes.put(node.name(), node));
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", this::answer);
        // The server's own thread becomes a daemon by being started by one.
        server.setExecutor(threads);
        threads.execute(server::start);
    }

    HostPort address() {
        return new HostPort("127.0.0.1", server.getAddress().getPort());
    }

    /** From now on these are asked about, and no others. */
    void of(List<Endpoint> asked) {
        endpoints.clear();
        answered.clear();
        asked.forEach(endpoint -> endpoints.put(endpoint.name(), endpoint));
    }

    /** Whether each endpoint has asked about each server at least this many times. */
    boolean haveAnswered(int times) {
        return answered.size() == endpoints.size() * nodes.size()
                && answered.values().stream().allMatch(count -> count.get() >= times);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status(exchange.getRequestURI().getPath()), -1);
        }
    }

    private int status(String path) {
        String[] parts = path.split("/");
        Endpoint endpoint = parts.length == 3 ? endpoints.get(parts[1]) : null;
        Node node = parts.length == 3 ? nodes.get(parts[2]) : null;
        if (endpoint == null || node == null) {
            return NOT_FOUND;
        }
        answered.computeIfAbsent(path, any -> new AtomicInteger()).incrementAndGet();
        return check.passes(endpoint.role(), node) ? OK : UNAVAILABLE;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
