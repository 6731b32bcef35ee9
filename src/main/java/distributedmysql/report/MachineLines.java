package distributedmysql.report;

import distributedmysql.monitor.machine.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the console says about the client's machine. */
public final class MachineLines {
    private static final double GIBI = 1 << 30;

    private MachineLines() {}

    /**
     * @param longest what held the machine up longest, and for how long; empty if it spoilt nothing
     * @param parts of the run whose figures it may have spoilt
     */
    record Busy(String longest, List<String> parts) {}

    /** One line about the machine, and one about its disks; none if the run ended before it was looked at. */
    public static List<String> where(@Nullable Machine machine) {
        if (machine == null) {
            return List.of();
        }
        Where where = machine.where();
        List<String> items = new ArrayList<>();
        Where.Processors processors = where.processors();
        items.add(processors.usable()
                + (processors.usable() == 1 ? " processor" : " processors")
                + (processors.model() == null ? "" : " " + processors.model()));
        if (where.memory().usableBytes() != null) {
            items.add(gibi(where.memory().usableBytes()));
        }
        items.add(where.platform().system());
        if (where.platform().virtualisation() != null
                && !where.platform().virtualisation().equals("none")) {
            items.add(where.platform().virtualisation());
        }
        if (where.platform().container() != null) {
            items.add("in " + where.platform().container());
        }
        List<String> lines = new ArrayList<>(List.of("Machine: " + String.join(", ", items)));
        List<String> disks = where.disks().stream().map(MachineLines::disk).toList();
        if (!disks.isEmpty()) {
            lines.add("Disks: " + String.join("; ", disks));
        }
        return lines;
    }

    private static String disk(Where.Disk disk) {
        String kind = disk.rotational() == null ? "" : disk.rotational() ? ", spinning" : ", solid state";
        return disk.of() + " on " + disk.fileSystem() + (disk.device() == null ? "" : " " + disk.device()) + kind + ", "
                + gibi(disk.freeBytes()) + " free";
    }

    private static String gibi(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBI);
    }

    static Busy busy(Machine machine) {
        if (machine == null || machine.use() == null || machine.use().busy().isEmpty()) {
            return new Busy("", List.of());
        }
        List<MachineUse.Spoilt> spoilt = machine.use().busy();
        MachineUse.Spoilt longest = spoilt.get(0);
        for (MachineUse.Spoilt part : spoilt) {
            longest = part.busySeconds() > longest.busySeconds() ? part : longest;
        }
        return new Busy(
                longest.reasons().get(0),
                spoilt.stream().map(MachineUse.Spoilt::what).toList());
    }
}
