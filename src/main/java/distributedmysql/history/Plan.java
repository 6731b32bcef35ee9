package distributedmysql.history;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run set out to record. Without it a checker could not tell that evidence is missing.
 *
 * @param probes the kinds of probe; a checker of a kind that is not planned does not run
 * @param strategies the strategies of {@link Probe#DELAYED_READ} and {@link Probe#SESSION}
 * @param delaysMicros the delays of {@link Probe#DELAYED_READ}
 * @param minSamples how many answered reads each strategy, node and delay needs for a verdict; at least 1
 */
public record Plan(Set<Probe> probes, Set<Strategy> strategies, List<Long> delaysMicros, long minSamples) {
    public Plan {
        // Sorted, so that what is derived from them is the same each time.
        probes = Collections.unmodifiableSet(new TreeSet<>(probes));
        strategies = Collections.unmodifiableSet(new TreeSet<>(strategies));
        delaysMicros = List.copyOf(new TreeSet<>(delaysMicros));
        if (minSamples < 1) {
            throw new IllegalArgumentException("minSamples = " + minSamples + ": must be 1 or more");
        }
    }
}
