package distributedmysql.topology.external;

import distributedmysql.config.HostPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP proxy's endpoint on 127.0.0.1, as of HAProxy or MySQL Router: each connection goes to the next server in turn. */
final class Endpoint implements AutoCloseable {
    private final ServerSocket socket;
    private final List<HostPort> servers;
    private final AtomicInteger turns = new AtomicInteger();

    Endpoint(HostPort... servers) throws IOException {
        this.servers = List.of(servers);
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                HostPort next = servers.get(turns.getAndIncrement() % servers.size());
                Socket server = new Socket(next.host(), next.port());
                daemon(() -> copy(client, server));
                daemon(() -> copy(server, client));
            } catch (IOException e) {
                // Closed, or a server is gone: its clients see that for themselves.
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream input = from.getInputStream();
            OutputStream output = to.getOutputStream();
            input.transferTo(output);
        } catch (IOException e) {
            // The other direction has closed both.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "endpoint");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
