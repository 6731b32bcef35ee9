package distributedmysql.gatling.internal;

import distributedmysql.load.record.StageRecorders;
import io.gatling.core.CoreComponents;
import io.gatling.core.actor.Scheduler;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.protocol.Protocol;
import io.gatling.core.protocol.ProtocolKey;
import io.gatling.javaapi.core.ProtocolBuilder;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final Beginning beginning;
    private final long madeNanos = System.nanoTime();
    private final AtomicBoolean begun = new AtomicBoolean();

    /** Hears when Gatling begins. */
    @FunctionalInterface
    public interface Beginning {
        /**
         * Gatling has opened its log, in a folder that it named by a moment between these two, both included, by its own clock and in
         * its own time zone.
         */
        void logOpened(LocalDateTime earliest, LocalDateTime latest);
    }

    public ClusterProtocol(StageRecorders recorders) {
        this(recorders, (earliest, latest) -> {});
    }

    /** @param beginning is told once; this must be made in the simulation's constructor, which is before Gatling begins */
    public ClusterProtocol(StageRecorders recorders, Beginning beginning) {
        this.recorders = recorders;
        this.beginning = beginning;
    }

    private void begin(CoreComponents components) {
        if (begun.compareAndSet(false, true)) {
            long now = components.clock().nowMillis();
            // Gatling's clock is not set while it runs, and neither is this one; both cut off what is less than a
            // millisecond.
            long made = now - (System.nanoTime() - madeNanos) / 1_000_000 - 1;
            ZoneId zone = components.configuration().data().zoneId();
            beginning.logOpened(at(made, zone), at(now, zone));
        }
    }

    private static LocalDateTime at(long millis, ZoneId zone) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone);
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
            return protocol -> {
                protocol.begin(components);
                return new ClusterComponents(protocol.recorders, responses, departures);
            };
        }
    }
}
