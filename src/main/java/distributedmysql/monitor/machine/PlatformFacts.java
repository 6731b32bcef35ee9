package distributedmysql.monitor.machine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;

/** What the kernel's files and the JVM tell about themselves. */
final class PlatformFacts {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private PlatformFacts() {}

    static Where.Processors processors(KernelFiles kernel) {
        return new Where.Processors(
                cpu(kernel, "model name").orElse(null),
                kernel.processorTime()
                        .map(KernelFiles.ProcessorTime::processors)
                        .orElse(null),
                SYSTEM.getAvailableProcessors(),
                kernel.processorLimit().orElse(null));
    }

    static Where.Memory memory(KernelFiles kernel) {
        Long machine = kernel.lines("proc/meminfo").stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(null);
        long usable = SYSTEM.getTotalMemorySize();
        return new Where.Memory(machine, usable > 0 ? usable : null);
    }

    static Where.Platform platform(KernelFiles kernel) {
        String system = SYSTEM.getName() + " " + SYSTEM.getVersion() + " " + SYSTEM.getArch();
        return new Where.Platform(system, virtualisation(kernel), container(kernel));
    }

    /** The processors of x86 say whether there is a hypervisor; those of others need not, and then nothing is known. */
    static String virtualisation(KernelFiles kernel) {
        Optional<List<String>> flags = cpu(kernel, "flags").map(text -> List.of(text.split(" ")));
        if (flags.isEmpty()) {
            return null;
        }
        if (!flags.get().contains("hypervisor")) {
            return "none";
        }
        String product = String.join(
                        " ",
                        first(kernel, "sys/class/dmi/id/sys_vendor"),
                        first(kernel, "sys/class/dmi/id/product_name"),
                        first(kernel, "sys/hypervisor/type"))
                .strip();
        return product.isEmpty() ? "virtual machine" : "virtual machine (" + product + ")";
    }

    /** Each runtime leaves a mark of its own; systemd writes which one it runs under. */
    private static String container(KernelFiles kernel) {
        String systemd = first(kernel, "run/systemd/container");
        String groups = String.join(" ", kernel.lines("proc/self/cgroup"));
        if (groups.contains("kubepods") || kernel.has("var/run/secrets/kubernetes.io")) {
            return "kubernetes";
        }
        if (kernel.has("run/.containerenv")) {
            return "podman";
        }
        if (kernel.has(".dockerenv") || groups.contains("/docker/")) {
            return "docker";
        }
        return systemd.isEmpty() ? null : systemd;
    }

    static Where.Jvm jvm() {
        return new Where.Jvm(
                System.getProperty("java.vm.name"),
                System.getProperty("java.runtime.version"),
                Runtime.getRuntime().maxMemory(),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .toList(),
                options(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    }

    /** No properties, which may hold anything, and no paths. */
    static List<String> options(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> argument.startsWith("-X"))
                .filter(argument -> !argument.contains("/") && !argument.contains("\\"))
                .toList();
    }

    private static Optional<String> cpu(KernelFiles kernel, String name) {
        return kernel.lines("proc/cpuinfo").stream()
                .filter(line -> line.startsWith(name) && line.contains(":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    private static String first(KernelFiles kernel, String file) {
        return kernel.lines(file).stream().findFirst().orElse("").strip();
    }
}
