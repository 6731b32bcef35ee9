package distributedmysql.monitor.machine;

import distributedmysql.config.FilePath;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** What file systems directories are on. */
final class Disks {
    private static final int DEVICE_NUMBERS = 2;
    private static final int MOUNT_POINT = 4;

    private final KernelFiles kernel;

    Disks(KernelFiles kernel) {
        this.kernel = kernel;
    }

    /** Null if the file system does not tell. */
    Where.Disk of(String what, Path directory) {
        Path existing = directory.toAbsolutePath().normalize();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        try {
            Path real = existing.toRealPath();
            FileStore store = Files.getFileStore(real);
            // A share's name has a server and a path in it.
            String device = store.name().startsWith("/dev/") ? store.name() : null;
            return new Where.Disk(
                    what,
                    store.type(),
                    device,
                    device == null ? null : isRotational(real),
                    store.getTotalSpace(),
                    store.getUsableSpace());
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * By the numbers of the device that is mounted there; of a partition, its disk knows. Null if none does: to a virtual machine
     * every disk spins that its host has said nothing about.
     */
    Boolean isRotational(Path directory) {
        return kernel.lines("proc/self/mountinfo").stream()
                .map(line -> line.split(" "))
                .filter(mount -> FilePath.possible(mount[MOUNT_POINT].replace("\\040", " "))
                        .filter(directory::startsWith)
                        .isPresent())
                .max(Comparator.comparingInt(mount -> mount[MOUNT_POINT].length()))
                .map(mount -> mount[DEVICE_NUMBERS])
                .map(this::isRotational)
                .orElse(null);
    }

    private boolean isVirtual() {
        return !"none".equals(PlatformFacts.virtualisation(kernel));
    }

    private Boolean isRotational(String numbers) {
        for (String disk : new String[] {"", "/.."}) {
            String flag = String.join("", kernel.lines("sys/dev/block/" + numbers + disk + "/queue/rotational"));
            if (!flag.isBlank()) {
                boolean spins = flag.strip().equals("1");
                return spins && isVirtual() ? null : Boolean.valueOf(spins);
            }
        }
        return null;
    }
}
