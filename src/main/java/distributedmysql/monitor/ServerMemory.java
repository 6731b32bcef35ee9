package distributedmysql.monitor;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Memory of the servers that a run has started on this machine, from now on. The kernel keeps a process's peak; that of one which is
 * killed is as it was at the last reading, at most two seconds before. Thread-safe.
 */
public final class ServerMemory implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    /** Resident memory of one server, program and libraries included, in bytes. */
    @JsonClassDescription(
            "Resident memory of one server's process, in bytes; what servers share, their program, counts for each.")
    public record Resident(
            @JsonPropertyDescription("Name of the server.") String node,

            @JsonPropertyDescription("When the servers were ready; null if it is not known.") @Nullable
            Long startBytes,

            @JsonPropertyDescription("At the end of the run; null if it is not known, or the server was not running.")
            @Nullable
            Long endBytes,

            @JsonPropertyDescription(
                    "The most that it ever was, of all processes that the server had, one after the other; null if it "
                            + "is not known.")
            @Nullable
            Long peakBytes,

            @JsonPropertyDescription("Why it is not known; null if it is.") @Nullable
            String missing) {}

    private final List<OfNode> servers;
    private final Sampler sampler;

    private ServerMemory(List<OfNode> servers) {
        this.servers = servers;
        this.sampler = new Sampler("memory of the servers", INTERVAL, this::look);
    }

    /** Reads it at once, and then until {@link #close}. */
    public static ServerMemory watch(List<Node> nodes) {
        ServerMemory memory = new ServerMemory(nodes.stream().map(OfNode::new).toList());
        memory.look();
        memory.sampler.start();
        return memory;
    }

    private void look() {
        servers.forEach(OfNode::look);
    }

    /** With a reading of now. */
    public List<Resident> soFar() {
        look();
        return servers.stream().map(OfNode::soFar).toList();
    }

    @Override
    public void close() {
        sampler.close();
    }

    private static final class OfNode {
        private final Node node;
        private Long start;
        private Long now;
        private Long peak;
        private String missing;

        OfNode(Node node) {
            this.node = node;
        }

        synchronized void look() {
            now = null;
            try {
                OptionalLong process = node.pid();
                Optional<String> reason = ServerResources.whyNoMemory(node, process);
                if (reason.isPresent()) {
                    missing = reason.get();
                } else {
                    add(ResidentMemory.of(Long.toString(process.getAsLong())));
                }
            } catch (IOException | TopologyException e) {
                missing = e.getMessage();
            }
        }

        private void add(ResidentMemory memory) {
            now = memory.bytes();
            start = start == null ? now : start;
            peak = Math.max(memory.peakBytes(), peak == null ? 0 : peak);
        }

        synchronized Resident soFar() {
            return new Resident(node.name(), start, now, peak, peak == null ? missing : null);
        }
    }
}
