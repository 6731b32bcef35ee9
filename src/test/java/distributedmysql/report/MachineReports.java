package distributedmysql.report;

import distributedmysql.monitor.machine.Where;
import java.util.List;

/** A hand-written machine for the tests of this package. */
final class MachineReports {
    private MachineReports() {}

    /** Every key that there can be. */
    static Machine full() {
        return new Machine(where(), use());
    }

    static Where where() {
        return new Where(
                "0123456789ab",
                new Where.Processors("EPYC", 4, 2, 1.5),
                new Where.Memory(16L << 30, 8L << 30),
                new Where.Platform("Linux 6.1 amd64", "virtual machine (QEMU)", "docker"),
                new Where.Jvm("VM", "17.0.1", 1L << 30, List.of("G1 Young Generation"), List.of("-Xmx1G")),
                List.of(new Where.Disk("server data", "ext4", "/dev/vda", false, 100L << 30, 50L << 30)));
    }

    static MachineUse use() {
        return new MachineUse(
                90,
                new MachineUse.Processors(99.0, 5.5, 10.0, 83.5, 0.5),
                new MachineUse.Waits(0.5, 3L, 0.0, 1.5, 165.0, 2),
                List.of(
                        new MachineUse.Spoilt(
                                "select 200/s", 4, 4, 40, List.of("other processes took 83 % of the processors")),
                        new MachineUse.Spoilt(
                                "replication lag",
                                8,
                                7.5,
                                165,
                                List.of("other processes took 95 % of the processors in 7.5 of 8.0 s")),
                        spoilt("max throughput 64"),
                        spoilt("connection steps"),
                        spoilt("failover after-sync")),
                List.of(new ProcessorTime(0, 80.0, 5.5, 10.0), new ProcessorTime(1, 20.0, 4.5, null)));
    }

    private static MachineUse.Spoilt spoilt(String part) {
        return new MachineUse.Spoilt(part, 5, 3, 20, List.of("other processes took 70 % of the processors"));
    }
}
