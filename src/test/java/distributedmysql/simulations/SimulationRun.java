package distributedmysql.simulations;

import io.gatling.javaapi.core.Simulation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A simulation that is played once, in a JVM of its own and on servers that it starts: that of a class before its first
 * test, that of a method, which takes precedence, before that method. A parameter of type {@link PlayedRun} has how it
 * ended.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(SimulationRunExtension.class)
@interface SimulationRun {
    Class<? extends Simulation> simulation();

    /** Each {@code key=value}, over {@link SimulationProcess#SHORT}. */
    String[] settings() default {};
}
