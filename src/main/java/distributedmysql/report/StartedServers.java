package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.monitor.ServerMemory.Resident;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to have the servers, where the run has started them.
 *
 * @param peakBytes all servers' peaks together
 */
@JsonClassDescription("What it takes to have the servers, where the run has started them.")
public record StartedServers(
        @JsonPropertyDescription(
                "How long it took until the primary accepted writes and all others followed it, in milliseconds. The first run's "
                        + "fetching of a server, and the making of an initialised data directory, are in it.")
        long readyMillis,

        @JsonPropertyDescription(
                "The servers' peaks together, in bytes: they never took more memory at once; null if one is not known.")
        @Nullable
        Long peakBytes,

        @JsonPropertyDescription("Memory of each server.") List<Resident> memory) {
    private static final double MEBI = 1 << 20;

    public static StartedServers of(long readyMillis, List<Resident> memory) {
        boolean known = memory.stream().allMatch(server -> server.peakBytes() != null);
        Long together = known ? memory.stream().mapToLong(Resident::peakBytes).sum() : null;
        return new StartedServers(readyMillis, together, memory);
    }

    /** For instance {@code Servers: 3 ready in 9.3 s; memory of each 412 to 440 MiB at first, …}. */
    public String line() {
        String ready = String.format(Locale.ROOT, "Servers: %d ready in %.1f s", memory.size(), readyMillis / 1e3);
        if (peakBytes == null) {
            return ready + "; memory not known: "
                    + memory.stream()
                            .filter(server -> server.peakBytes() == null)
                            .map(server -> server.node() + ": " + server.missing())
                            .findFirst()
                            .orElse("");
        }
        return ready + "; memory (MiB): " + mebi(Resident::startBytes) + " each at first, " + mebi(Resident::peakBytes)
                + " at most, " + mebi(peakBytes) + " together";
    }

    /** Of the server that has least to the one that has most. */
    private String mebi(Function<Resident, Long> figure) {
        long least = memory.stream().mapToLong(figure::apply).min().orElse(0);
        long most = memory.stream().mapToLong(figure::apply).max().orElse(0);
        return mebi(least).equals(mebi(most)) ? mebi(most) : mebi(least) + " to " + mebi(most);
    }

    private static String mebi(long bytes) {
        return String.format(Locale.ROOT, "%.0f", bytes / MEBI);
    }
}
