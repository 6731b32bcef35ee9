package distributedmysql.topology;

import distributedmysql.mysql.TopologyException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports on 127.0.0.1. */
public final class Ports {
    // Below the ports that systems give to outgoing connections (Linux 32768, macOS and IANA 49152): one of those could
    // take the port of a server that a test has stopped for a while.
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final int ATTEMPTS = 1_000;

    private Ports() {}

    /** A port that nobody listens on now; somebody may do so a moment later. */
    public static int free() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new TopologyException("no free port found on 127.0.0.1 from " + FIRST + " to " + LAST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return true;
        } catch (IOException e) {
            // Taken: that is the answer.
            return false;
        }
    }
}
