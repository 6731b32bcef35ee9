package distributedmysql.load;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends waits for a server that has been silent for too long, for all sockets together: one thread that looks at them at
 * an interval, instead of a system call for each wait. Thread-safe.
 */
final class SocketWatchdog {
    private static final long INTERVAL_MILLIS = 20;
    private static final Set<WatchedSocket> SOCKETS = ConcurrentHashMap.newKeySet();

    static {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread watchdog = new Thread(work, "socket watchdog");
            watchdog.setDaemon(true);
            return watchdog;
        });
        thread.scheduleWithFixedDelay(SocketWatchdog::check, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private SocketWatchdog() {}

    static void watch(WatchedSocket socket) {
        SOCKETS.add(socket);
    }

    static void forget(WatchedSocket socket) {
        SOCKETS.remove(socket);
    }

    private static void check() {
        SOCKETS.forEach(socket -> socket.check(INTERVAL_MILLIS));
    }
}
