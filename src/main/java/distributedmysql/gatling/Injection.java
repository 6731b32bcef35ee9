package distributedmysql.gatling;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;

import distributedmysql.config.Phases;
import distributedmysql.config.PlannedTime;
import io.gatling.javaapi.core.ClosedInjectionStep;
import io.gatling.javaapi.core.OpenInjectionStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The staged injection profiles. */
public final class Injection {
    private static final double WARM_UP_SHARE = 0.25;

    // Gatling (3.15.1) injects by the second: in less time it starts no user, and waits for ever for the last one's
    // end.
    private static final Duration SHORTEST = Duration.ofSeconds(1);

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
        steps.add(constantUsersPerSec(rate).during(phases.steady().plus(PlannedTime.MARGIN)));
        return steps.toArray(OpenInjectionStep[]::new);
    }

    /**
     * All users within the first second; each of them ends by itself when the stage is over, and must not be replaced
     * then.
     */
    public static ClosedInjectionStep closed(int users, Phases phases) {
        Duration half = phases.warmUp().plus(phases.steady()).dividedBy(2);
        return constantConcurrentUsers(users).during(half.compareTo(SHORTEST) < 0 ? SHORTEST : half);
    }
}
