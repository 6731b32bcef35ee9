package distributedmysql.gatling.internal;

import distributedmysql.load.SqlFailure;
import io.gatling.core.CoreComponents;
import io.gatling.core.action.Action;
import io.gatling.core.action.builder.ActionBuilder;
import io.gatling.core.session.Session;
import io.gatling.core.stats.StatsEngine;
import io.gatling.core.structure.ScenarioContext;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Runs one probe, a sequence of statements and waits, on a thread of its own; each statement is a Gatling request. */
public final class BlockingAction implements ActionBuilder {
    private final String name;
    private final Executor threads;
    private final Body body;
    private final boolean isStep;

    /** What a probe does. It may block. */
    @FunctionalInterface
    public interface Body {
        /**
         * @param requests is told of each statement
         */
        void run(io.gatling.javaapi.core.Session session, Requests requests);
    }

    /** Makes statements known to Gatling. Thread-safe. */
    @FunctionalInterface
    public interface Requests {
        /**
         * @param startNanos of {@link System#nanoTime()}
         * @param failure null if it succeeded
         */
        void ended(String request, long startNanos, long endNanos, SqlFailure failure);
    }

    /** Threads for bodies, as many as there are at once; they do not keep the JVM alive. */
    public static ExecutorService threads(String name) {
        return Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    public BlockingAction(String name, Executor threads, Body body) {
        this(name, threads, body, false);
    }

    private BlockingAction(String name, Executor threads, Body body, boolean isStep) {
        this.name = name;
        this.threads = threads;
        this.body = body;
        this.isStep = isStep;
    }

    /** Of a step of its own: if it throws, that is no request of its scenario, in which other steps may be too. */
    public static BlockingAction step(String name, Runnable work) {
        return new BlockingAction(
                name, probe -> new Thread(probe, name).start(), (session, requests) -> work.run(), true);
    }

    @Override
    public Action build(ScenarioContext context, Action next) {
        return new ProbeAction(context.coreComponents(), next);
    }

    private final class ProbeAction extends JavaAction {
        private final StatsEngine observed;

        ProbeAction(CoreComponents core, Action next) {
            super(name, core, next);
            observed = core.statsEngine();
        }

        @Override
        void perform(Session session) {
            try {
                threads.execute(() -> run(session));
            } catch (RejectedExecutionException e) {
                goOn(crashed(session, "the probes are closed: the run is ending"));
            }
        }

        private Session crashed(Session session, String message) {
            if (observed instanceof RecordingStatsEngine recording) {
                if (isStep) {
                    recording.stepCrashed(name, message);
                } else {
                    recording.crashed(session.scenario(), name, message);
                }
            }
            return crash(session, message);
        }

        private void run(Session session) {
            try {
                body.run(new io.gatling.javaapi.core.Session(session), (request, start, end, failure) -> {
                    long endMillis = nowMillis() - (System.nanoTime() - end) / 1_000_000;
                    respond(session, request, endMillis - (end - start) / 1_000_000, endMillis, failure);
                });
            } catch (RuntimeException | Error e) {
                // Whatever happens in a probe, its user goes on.
                goOn(crashed(session, e.toString()));
                return;
            }
            goOn(session);
        }
    }
}
