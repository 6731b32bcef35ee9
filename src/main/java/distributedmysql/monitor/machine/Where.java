package distributedmysql.monitor.machine;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.config.HostNaming;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The machine that a run was made on: what must be equal, or be known to differ, for two runs to be compared. What this
 * system does not tell is null, and never guessed. Holds no user name, and no path but that of a disk's device.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Where(
        @JsonPropertyDescription("The first 12 hexadecimal digits of the SHA-256 of the host name, or the name itself "
                + "(report.host-name); absent where that is none.")
        @Nullable
        String host,

        @JsonPropertyDescription("Its processors.") Processors processors,
        @JsonPropertyDescription("Its memory.") Memory memory,
        @JsonPropertyDescription("What runs on it.") Platform platform,

        @JsonPropertyDescription("The Java virtual machine of the load generator.")
        Jvm jvm,

        @JsonPropertyDescription("The file systems of directories of the run.")
        List<Disk> disks) {

    /** The processors, and how many of them may be used. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Processors(
            @JsonPropertyDescription("As the first processor says it.") @Nullable
            String model,

            @JsonPropertyDescription("Processors of the machine.")
            Integer count,

            @JsonPropertyDescription("Processors that the load generator may use.")
            int usable,

            @JsonPropertyDescription("Limit of the container, in processors; absent if there is none.")
            Double limit) {}

    /** How much memory there is, and how much of it may be used. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Memory(
            @JsonPropertyDescription("Of the machine, in bytes.")
            Long bytes,

            @JsonPropertyDescription("As far as the container of the load generator lets it, in bytes.")
            Long usableBytes) {}

    /** The operating system, and what it runs in. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Platform(
            @JsonPropertyDescription("Name, version and architecture of the operating system.")
            String system,

            @JsonPropertyDescription("none, or virtual machine with the product where the machine names it.") @Nullable
            String virtualisation,

            @JsonPropertyDescription("The kind of container; absent where nothing marks one.") @Nullable
            String container) {}

    /** The Java virtual machine of the load generator. */
    public record Jvm(
            @JsonPropertyDescription("Its name.") String name,
            @JsonPropertyDescription("Its version.") String version,

            @JsonPropertyDescription("Largest heap, in bytes.")
            long maxHeapBytes,

            @JsonPropertyDescription("Its garbage collectors.")
            List<String> collectors,

            @JsonPropertyDescription("Its options that begin with -X, without those that name a file.")
            List<String> options) {
        public Jvm {
            collectors = List.copyOf(collectors);
            options = List.copyOf(options);
        }
    }

    /** The file system of one directory. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Disk(
            @JsonPropertyDescription("What is in the directory: server data (of embedded servers) or reports.")
            String of,

            @JsonPropertyDescription("Type of the file system.")
            String fileSystem,

            @JsonPropertyDescription("The device; absent if it is none of this machine.") @Nullable
            String device,

            @JsonPropertyDescription(
                    "Whether it is a spinning disk, as the kernel believes; absent where it does not say.")
            Boolean rotational,

            @JsonPropertyDescription("Size of the file system.")
            long bytes,

            @JsonPropertyDescription("Free for this user at the start.")
            long freeBytes) {}

    public Where {
        disks = List.copyOf(disks);
    }

    /** @param directories by what is in them; of one that does not exist yet, its parent is looked at */
    public static Where read(HostNaming naming, Map<String, Path> directories) {
        KernelFiles kernel = new KernelFiles(Path.of("/"));
        Disks disks = new Disks(kernel);
        return new Where(
                HostName.of(naming, kernel),
                PlatformFacts.processors(kernel),
                PlatformFacts.memory(kernel),
                PlatformFacts.platform(kernel),
                PlatformFacts.jvm(),
                directories.entrySet().stream()
                        .map(directory -> disks.of(directory.getKey(), directory.getValue()))
                        .filter(Objects::nonNull)
                        .toList());
    }
}
