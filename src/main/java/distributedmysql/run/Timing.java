package distributedmysql.run;

import distributedmysql.monitor.LoadTime;
import java.util.Optional;

/**
 * When the figures of a check were made.
 *
 * @param what the part of the run, as reports name it, for instance {@code select 200/s}; empty if the reports have no figures
 *     of it that could be spoilt
 * @param share of that time, from 0 to 1, in which this machine must have been busy to explain what the check found
 * @param waitMillis the one wait that it must explain; 0 if what the check found is of many requests
 */
public record Timing(Optional<String> what, LoadTime time, double share, double waitMillis) {
    public Timing(String what, LoadTime time, double share, double waitMillis) {
        this(Optional.of(what), time, share, waitMillis);
    }

    public Timing(String what, LoadTime time, double share) {
        this(what, time, share, 0);
    }

    /** Of a time that a check needed for its evidence, and of which there are no figures. */
    public static Timing withoutFigures(LoadTime time, double share) {
        return new Timing(Optional.empty(), time, share, 0);
    }

    /** A percentile, a median or a mean of many: what happened for less of the time does not move it beyond a limit. */
    public static final double SOME = 0.05;

    /** A 99th percentile. */
    public static final double ONE_PERCENT = 0.01;

    /** A deadline of many seconds, or a growth over minutes. */
    public static final double HALF = 0.5;

    /** Nothing that this machine does explains it. */
    public static final double NEVER = 2;
}
