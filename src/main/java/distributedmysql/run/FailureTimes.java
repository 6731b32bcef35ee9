package distributedmysql.run;

import distributedmysql.check.FailedRequests;
import distributedmysql.load.record.StageRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * When requests failed, for checks of how many may. A request that had no connection in time has reached no server: a busy machine
 * explains it, and explains no other failure.
 */
public final class FailureTimes {
    private FailureTimes() {}

    /** Of the stages in which a request failed; one without failures has nothing to be explained. */
    public static List<Timing> of(List<StageRecorder> stages) {
        return of(stages, Set.of());
    }

    /** @param allowed the names of requests that may fail */
    static List<Timing> of(List<StageRecorder> stages, Set<String> allowed) {
        List<Timing> times = new ArrayList<>();
        for (StageRecorder stage : stages) {
            List<FailedRequests.Requests> failed = stage.requests().stream()
                    .filter(request -> request.failed() > 0 && !allowed.contains(request.name()))
                    .toList();
            boolean waited = failed.stream().allMatch(FailedRequests.Requests::failedOnlyOfWaiting);
            if (!failed.isEmpty()) {
                double share = waited ? Timing.SOME : Timing.NEVER;
                stage.loadTime()
                        .ifPresent(time -> times.add(new Timing(stage.plan().name(), time, share)));
            }
        }
        return times;
    }
}
