package distributedmysql.check;

import distributedmysql.history.MachineTime;
import distributedmysql.history.MachineTime.Processors;
import java.util.Collections;
import java.util.List;

/** Hand-written readings of a machine, a quarter of a second each. */
public final class MachineTimes {
    private static final double QUARTER = 0.25;

    private MachineTimes() {}

    static MachineTime of(Processors processors) {
        return new MachineTime(QUARTER, processors, 0, 0, 0, 0, 2);
    }

    /** The client and servers on this machine take little, and nobody else anything. */
    static MachineTime quiet() {
        return of(new Processors(15, 5, 10, 0, 0));
    }

    /** Two busy loops beside a small load, as measured on 2 processors. */
    static MachineTime loops() {
        return new MachineTime(QUARTER, new Processors(100, 4, 3, 93, 0), 0, 0, 0, 0, 40);
    }

    /** A closed load that takes all processors, with servers on the same machine. */
    static MachineTime ownLoad() {
        return new MachineTime(QUARTER, new Processors(100, 45, 43, 2, 0), 0, 0, 0, 4, 120);
    }

    /** Servers elsewhere. */
    static MachineTime remote(double busy, double client) {
        return of(new Processors(busy, client, Double.NaN, busy - client, 0));
    }

    static MachineTime with(double memory, double swapped, double throttled, double collection, double stall) {
        return new MachineTime(QUARTER, quiet().processors(), memory, swapped, throttled, collection, stall);
    }

    static List<MachineTime> times(int count, MachineTime time) {
        return Collections.nCopies(count, time);
    }

    public static BusyMachine busyWithOthers() {
        return BusyMachine.of(times(8, loops()));
    }
}
