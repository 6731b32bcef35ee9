package distributedmysql.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;

import distributedmysql.config.PerformanceSettings.Phases;
import distributedmysql.report.StagePlan;
import io.gatling.javaapi.core.ClosedInjectionStep;
import io.gatling.javaapi.core.OpenInjectionStep;
import java.util.ArrayList;
import java.util.List;

/** The staged injection profiles. */
final class Injection {
    private static final double WARM_UP_SHARE = 0.25;

    private Injection() {}

    /** Warm-up at a quarter of the rate, ramp, steady state. */
    static OpenInjectionStep[] open(double rate, Phases phases) {
        List<OpenInjectionStep> steps = new ArrayList<>();
        if (!phases.warmUp().isZero()) {
            steps.add(constantUsersPerSec(rate * WARM_UP_SHARE).during(phases.warmUp()));
        }
        if (!phases.ramp().isZero()) {
            steps.add(rampUsersPerSec(rate * WARM_UP_SHARE).to(rate).during(phases.ramp()));
        }
        steps.add(constantUsersPerSec(rate).during(phases.steady().plus(StagePlan.MARGIN)));
        return steps.toArray(OpenInjectionStep[]::new);
    }

    /** All users at once; each of them ends by itself when the stage is over, and must not be replaced then. */
    static ClosedInjectionStep closed(int users, Phases phases) {
        return constantConcurrentUsers(users)
                .during(phases.warmUp().plus(phases.steady()).dividedBy(2));
    }
}
