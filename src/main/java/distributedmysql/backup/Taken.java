package distributedmysql.backup;

import distributedmysql.mysql.GtidSet;
import java.time.Instant;
import java.util.List;

/**
 * What a strategy says of the full backup that it has taken.
 *
 * @param gtids exactly those of the data: what is restored from it has executed these and no others
 * @param by by the source's clock, a time at which all of them had been committed
 * @param steps in their order
 * @param said what the user's own commands said; empty where there are none
 */
public record Taken(GtidSet gtids, Instant by, List<StepTime> steps, String said) {
    public Taken {
        steps = List.copyOf(steps);
    }

    Taken(GtidSet gtids, Instant by, List<StepTime> steps) {
        this(gtids, by, steps, "");
    }
}
