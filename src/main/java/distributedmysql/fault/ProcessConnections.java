package distributedmysql.fault;

import distributedmysql.mysql.TopologyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The established TCP connections of one process, as Linux has them in {@code /proc} (proc(5)). */
final class ProcessConnections {
    private static final Path PROC = Path.of("/proc");
    private static final String ESTABLISHED = "01";

    /** By its ports on this machine and on the other side. */
    record Ports(int own, int other) {}

    private ProcessConnections() {}

    /** @throws TopologyException if they cannot be read */
    static List<Ports> of(long pid) {
        Path process = PROC.resolve(Long.toString(pid));
        try {
            Set<String> sockets = sockets(process.resolve("fd"));
            List<Ports> found = new ArrayList<>();
            for (String table : List.of("tcp", "tcp6")) {
                Path file = process.resolve("net").resolve(table);
                if (Files.isReadable(file)) {
                    add(Files.readAllLines(file), sockets, found);
                }
            }
            return found;
        } catch (IOException e) {
            throw new TopologyException("the connections of process " + pid + " cannot be read: " + e.getMessage());
        }
    }

    /** Lines such as {@code 0: 0100007F:3844 0100007F:9C4A 01 … … … uid … inode}; the first is a heading. */
    static void add(List<String> lines, Set<String> sockets, List<Ports> found) {
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.strip().split("\\s+");
            if (fields[3].equals(ESTABLISHED) && sockets.contains("socket:[" + fields[9] + "]")) {
                found.add(new Ports(port(fields[1]), port(fields[2])));
            }
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }

    private static Set<String> sockets(Path descriptors) throws IOException {
        Set<String> sockets = new HashSet<>();
        try (Stream<Path> open = Files.list(descriptors)) {
            for (Path descriptor : open.toList()) {
                try {
                    sockets.add(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException e) {
                    // Closed since it was listed: it is no connection any more.
                    sockets.remove(descriptor.toString());
                }
            }
        }
        return sockets;
    }
}
