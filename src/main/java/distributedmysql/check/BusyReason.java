package distributedmysql.check;

import java.util.Locale;

/**
 * Why the client's machine spoils figures. Each rule is about one stretch of a quarter of a second; the limits and what they
 * were measured against are in {@code docs/busy-machine.md}.
 */
enum BusyReason {
    /** Processors are scarce, and not only because of the load and the servers that the run itself wants. */
    OTHERS("other processes took %.0f %% of the processors") {
        @Override
        boolean holds(MachineTime time) {
            return time.processors().busy() >= SATURATED && time.processors().others() >= LEAST_OTHERS;
        }

        @Override
        double figure(MachineTime time) {
            return time.processors().others();
        }
    },
    /** With servers on the same machine this is what a closed load is meant to do; without, the client is the limit. */
    CLIENT("the load generator itself took %.0f %% of the processors") {
        @Override
        boolean holds(MachineTime time) {
            MachineTime.Processors processors = time.processors();
            return !processors.hasServers()
                    && !Double.isNaN(processors.others())
                    && processors.busy() >= SATURATED
                    && processors.client() >= processors.busy() / 2;
        }

        @Override
        double figure(MachineTime time) {
            return time.processors().client();
        }
    },
    STEAL("the host took %.0f %% of the processors for other virtual machines (steal)") {
        @Override
        boolean holds(MachineTime time) {
            return time.processors().steal() >= LEAST_SHARE;
        }

        @Override
        double figure(MachineTime time) {
            return time.processors().steal();
        }
    },
    THROTTLED("the container's processor limit held it up for %.0f %% of the time") {
        @Override
        boolean holds(MachineTime time) {
            return time.throttledPercent() >= LEAST_SHARE;
        }

        @Override
        double figure(MachineTime time) {
            return time.throttledPercent();
        }
    },
    MEMORY("processes waited for memory for %.0f %% of the time") {
        @Override
        boolean holds(MachineTime time) {
            return time.memoryPercent() >= LEAST_SHARE;
        }

        @Override
        double figure(MachineTime time) {
            return time.memoryPercent();
        }
    },
    /** Where the kernel does not say how long processes waited for it. */
    SWAP("%.0f pages per second were read from swap") {
        @Override
        boolean holds(MachineTime time) {
            return Double.isNaN(time.memoryPercent()) && figure(time) >= LEAST_SWAPPED_PER_SECOND;
        }

        @Override
        double figure(MachineTime time) {
            return time.swappedPages() / time.seconds();
        }
    },
    COLLECTION("garbage collection of the load generator took %.0f %% of the time") {
        @Override
        boolean holds(MachineTime time) {
            return time.collectionPercent() >= LEAST_COLLECTION;
        }

        @Override
        double figure(MachineTime time) {
            return time.collectionPercent();
        }
    },
    /** Where the run's own load and servers take the processors, a late wake-up is of their making. */
    STALL("its timers were up to %.0f ms late") {
        @Override
        boolean holds(MachineTime time) {
            return time.longestStallMillis() >= LEAST_STALL_MILLIS
                    && !(time.processors().own() >= OWN_LOAD);
        }

        @Override
        double figure(MachineTime time) {
            return time.longestStallMillis();
        }
    };

    private static final double SATURATED = 90;
    private static final double LEAST_OTHERS = 25;
    private static final double LEAST_SHARE = 10;
    private static final double LEAST_COLLECTION = 20;
    private static final double LEAST_SWAPPED_PER_SECOND = 1_000;
    private static final double LEAST_STALL_MILLIS = 100;
    private static final double OWN_LOAD = 75;

    private final String text;

    BusyReason(String text) {
        this.text = text;
    }

    /** What is not known holds for no reason. */
    abstract boolean holds(MachineTime time);

    abstract double figure(MachineTime time);

    /** @param figure the mean over the stretches in which it holds; of a stall, the worst */
    String text(double figure) {
        return String.format(Locale.ROOT, text, figure);
    }
}
