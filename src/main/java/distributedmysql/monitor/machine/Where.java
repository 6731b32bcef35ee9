package distributedmysql.monitor.machine;

import com.fasterxml.jackson.annotation.JsonInclude;
import distributedmysql.config.HostNaming;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The machine that a run was made on: what must be equal, or be known to differ, for two runs to be compared. What this
 * system does not tell is null, and never guessed. Holds no user name, and no path but that of a disk's device.
 *
 * @param host its name, or the first 12 hexadecimal digits of the SHA-256 of it; null if the settings want neither
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Where(String host, Processors processors, Memory memory, Platform platform, Jvm jvm, List<Disk> disks) {

    /**
     * @param model as the first one says it
     * @param count of the machine
     * @param usable by the JVM
     * @param limit of the container, in processors; null if there is none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Processors(String model, Integer count, int usable, Double limit) {}

    /**
     * @param bytes of the machine
     * @param usableBytes as far as the JVM's container lets it; null if the JVM does not tell
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Memory(Long bytes, Long usableBytes) {}

    /**
     * @param system name, version and architecture
     * @param virtualisation {@code none}, or {@code virtual machine} and the product where the machine names it
     * @param container {@code docker}, {@code podman}, {@code kubernetes} or what else marked it; null if nothing did
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Platform(String system, String virtualisation, String container) {}

    /**
     * @param options {@code -X…}, without those that name a file
     */
    public record Jvm(String name, String version, long maxHeapBytes, List<String> collectors, List<String> options) {
        public Jvm {
            collectors = List.copyOf(collectors);
            options = List.copyOf(options);
        }
    }

    /**
     * The file system of one directory.
     *
     * @param of what is in the directory
     * @param device null if it is no device of this machine
     * @param rotational whether it is a spinning disk; null if nobody tells, as in most virtual machines
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Disk(String of, String fileSystem, String device, Boolean rotational, long bytes, long freeBytes) {}

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
