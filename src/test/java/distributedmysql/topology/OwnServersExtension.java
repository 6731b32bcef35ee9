package distributedmysql.topology;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Starts, hands out and ends the servers of {@link OwnServers}. */
final class OwnServersExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                ParameterResolver,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {
    private static final ExtensionContext.Namespace OWN = ExtensionContext.Namespace.create(OwnServersExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        start(context, context.getRequiredTestClass());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        start(context, context.getRequiredTestMethod());
    }

    private static void start(ExtensionContext context, AnnotatedElement where) {
        OwnServers wanted = where.getAnnotation(OwnServers.class);
        if (wanted != null) {
            // The store closes them at the end of its class or method.
            context.getStore(OWN)
                    .put(
                            Deployment.class,
                            wanted.group() || wanted.multiPrimary()
                                    ? TestServers.groups(wanted.shards(), wanted.multiPrimary())
                                    : TestServers.shards(wanted.shards(), wanted.replicas(), wanted.options()));
        }
    }

    /** Of the method or its class. */
    static Optional<Deployment> servers(ExtensionContext context) {
        return Optional.ofNullable(context.getStore(OWN).get(Deployment.class, Deployment.class));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Deployment.class || type == ReplicaSet.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Deployment servers = servers(context)
                .orElseThrow(() -> new ParameterResolutionException("@OwnServers is missing on the class or method"));
        return parameter.getParameter().getType() == Deployment.class ? servers : servers.replicaSet();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withServers(context, failure);
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withServers(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withServers(context, failure);
    }

    private static Throwable withServers(ExtensionContext context, Throwable failure) {
        servers(context).ifPresent(servers -> failure.addSuppressed(ServersThen.of(servers)));
        return failure;
    }
}
