package distributedmysql.gatling.internal;

import distributedmysql.load.record.StageRecorders;
import io.gatling.core.CoreComponents;
import io.gatling.core.actor.Scheduler;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.protocol.Protocol;
import io.gatling.core.protocol.ProtocolKey;
import io.gatling.javaapi.core.ProtocolBuilder;
import java.util.concurrent.TimeUnit;
import scala.Function1;
import scala.concurrent.duration.FiniteDuration;

/**
 * The protocol of our actions. Gatling keeps protocols by class, so there is one for all servers; which server a
 * request goes to is in the user's route.
 */
public final class ClusterProtocol implements Protocol, ProtocolBuilder {
    static final ProtocolKey<ClusterProtocol, ClusterComponents> KEY = new Key();

    /** A hundred times a second. */
    private static final FiniteDuration DEPARTURES = FiniteDuration.apply(10, TimeUnit.MILLISECONDS);

    private final StageRecorders recorders;

    public ClusterProtocol(StageRecorders recorders) {
        this.recorders = recorders;
    }

    @Override
    public Protocol protocol() {
        return this;
    }

    private static final class Key implements ProtocolKey<ClusterProtocol, ClusterComponents> {
        @Override
        @SuppressWarnings("unchecked") // Scala's Class<Protocol> means "the class of a Protocol"
        public Class<Protocol> protocolClass() {
            return (Class<Protocol>) (Class<?>) ClusterProtocol.class;
        }

        @Override
        public ClusterProtocol defaultProtocolValue(GatlingConfiguration configuration) {
            throw new IllegalStateException("the simulation does not extend ClusterSimulation");
        }

        @Override
        public Function1<ClusterProtocol, ClusterComponents> newComponents(CoreComponents components) {
            Scheduler scheduler = components.actorSystem().scheduler();
            ResponseBatch responses = new ResponseBatch(components.statsEngine(), scheduler);
            Batch<Runnable> departures = new Batch<>(scheduler, DEPARTURES, Runnable::run);
            return protocol -> new ClusterComponents(protocol.recorders, responses, departures);
        }
    }
}
