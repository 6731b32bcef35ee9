package distributedmysql.simulations;

import java.lang.reflect.AnnotatedElement;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Plays what {@link SimulationRun} says, and hands out how it ended. */
final class SimulationRunExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {
    private static final ExtensionContext.Namespace RUNS =
            ExtensionContext.Namespace.create(SimulationRunExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        play(context, context.getRequiredTestClass());
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        play(context, context.getRequiredTestMethod());
    }

    private static void play(ExtensionContext context, AnnotatedElement where) throws Exception {
        SimulationRun wanted = where.getAnnotation(SimulationRun.class);
        if (wanted == null) {
            return;
        }
        Simulations simulations = new Simulations();
        simulations.open();
        // The store closes it at the end of its class or method.
        context.getStore(RUNS).put(Simulations.class, simulations);
        context.getStore(RUNS).put(PlayedRun.class, simulations.play(wanted.simulation(), wanted.settings()));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PlayedRun.class
                && context.getStore(RUNS).get(PlayedRun.class) != null;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(RUNS).get(PlayedRun.class);
    }
}
