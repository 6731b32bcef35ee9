package distributedmysql.monitor.machine;

import distributedmysql.mysql.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The processes of servers under test on this machine, and what processor time they take. A server that the run did not start
 * is found by its address and the name of its process, which is all that an ordinary user is told: if others run servers here
 * too, these count as well. Not thread-safe.
 */
final class LocalServers {
    private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(2).toNanos();
    private static final Set<String> NAMES = Set.of("mysqld", "mariadbd");

    private final List<Node> nodes;
    private final boolean anyForeign;
    private final Map<Long, Long> nanosOf = new HashMap<>();
    private Set<Long> processes = Set.of();
    private boolean sawOne;
    private long lookedNanos;

    LocalServers(List<Node> nodes) {
        this.nodes = nodes;
        // Where a container's process is not visible here, its address still is one of this machine.
        this.anyForeign = nodes.stream().anyMatch(node -> node.pid().isEmpty() && isOfThisMachine(node));
        look();
        takenNanos();
    }

    /** Whether at least one is here, visible or not, or was. */
    boolean areHere() {
        return anyForeign || sawOne;
    }

    /** Whether one is here whose process cannot be seen. */
    boolean areHidden() {
        return anyForeign && processes.isEmpty();
    }

    /** Processor time of all of them since the last call, of those that have begun meanwhile all. */
    long takenNanos() {
        if (System.nanoTime() - lookedNanos > LOOK_AGAIN_NANOS) {
            look();
        }
        long taken = 0;
        for (long process : processes) {
            long now = ProcessHandle.of(process)
                    .flatMap(handle -> handle.info().totalCpuDuration())
                    .map(Duration::toNanos)
                    .orElse(0L);
            taken += Math.max(0, now - nanosOf.getOrDefault(process, 0L));
            nanosOf.put(process, now);
        }
        return taken;
    }

    private void look() {
        Set<Long> found = new HashSet<>();
        nodes.stream().map(Node::pid).flatMapToLong(OptionalLong::stream).forEach(found::add);
        if (anyForeign) {
            found.addAll(ProcessHandle.allProcesses()
                    .map(ProcessHandle::pid)
                    .filter(LocalServers::isServer)
                    .collect(Collectors.toSet()));
        }
        nanosOf.keySet().retainAll(found);
        processes = found;
        sawOne |= !found.isEmpty();
        lookedNanos = System.nanoTime();
    }

    private static boolean isServer(long process) {
        try {
            return NAMES.contains(Files.readString(Path.of("/proc", Long.toString(process), "comm"))
                    .strip());
        } catch (IOException e) {
            // Not Linux, or it has ended.
            return false;
        }
    }

    private static boolean isOfThisMachine(Node node) {
        try {
            InetAddress address = InetAddress.getByName(node.address().host());
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (UnknownHostException | SocketException e) {
            return false;
        }
    }
}
