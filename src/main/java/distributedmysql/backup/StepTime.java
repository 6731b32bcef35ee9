package distributedmysql.backup;

import java.time.Duration;

/**
 * How long one step of a backup or a restore took.
 *
 * @param step for instance {@code clone}, {@code store}, {@code start the server}
 */
public record StepTime(String step, Duration took) {
    static StepTime since(String step, long startNanos) {
        return new StepTime(step, Duration.ofNanos(System.nanoTime() - startNanos));
    }
}
