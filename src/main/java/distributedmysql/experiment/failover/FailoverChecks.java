package distributedmysql.experiment.failover;

import distributedmysql.check.CheckResult;
import distributedmysql.config.ReplicationMode;
import distributedmysql.history.SemiSyncReading;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** All checks of the failovers in one replication mode. */
final class FailoverChecks {
    private FailoverChecks() {}

    static List<String> names(ReplicationMode mode) {
        List<String> names = new ArrayList<>(FailoverCheck.names(mode));
        if (mode.isSemiSync()) {
            names.add(SemiSyncFallback.name(mode));
        }
        return names;
    }

    /** @param readings of each round */
    static List<CheckResult> all(
            FailoverFigures figures,
            ReplicationMode mode,
            OptionalInt mostLost,
            List<String> nodes,
            List<List<SemiSyncReading>> readings) {
        OptionalLong maxLost = mostLost.isPresent() ? OptionalLong.of(mostLost.getAsInt()) : OptionalLong.empty();
        List<CheckResult> results = new ArrayList<>(FailoverCheck.check(figures, mode, maxLost));
        results.add(FailoverCheck.everyNode(figures, mode, nodes));
        results.add(SemiSyncFallback.check(mode, readings));
        return results;
    }
}
