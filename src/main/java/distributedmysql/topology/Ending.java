package distributedmysql.topology;

import distributedmysql.mysql.TopologyException;

/**
 * Whether the run is ending: since Ctrl-C (SIGINT, SIGTERM), or since anything else has made the JVM end. From then on
 * nothing new may begin: every place where a next step begins asks here. What has begun comes to its end, or goes with the
 * JVM; what repairs and cleans up does not ask. Thread-safe.
 */
public final class Ending {
    private static volatile boolean begun;

    static {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(Ending::begin, "the run is ending"));
        } catch (IllegalStateException e) {
            // Asked for the first time when the JVM is ending already.
            begun = true;
        }
    }

    private Ending() {}

    /** Hooks run in no order, so each that ends something calls this first. */
    public static void begin() {
        begun = true;
    }

    public static boolean hasBegun() {
        return begun;
    }

    /**
     * @param what would begin now
     * @throws TopologyException if the run is ending
     */
    public static void refuse(String what) {
        if (begun) {
            throw new TopologyException("the run is ending, so this is not begun: " + what);
        }
    }

    /** Tests share a JVM. */
    static void forget() {
        begun = false;
    }
}
