package distributedmysql.topology.embedded;

import distributedmysql.config.RouterSettings;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.Endpoint;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Router;
import distributedmysql.topology.router.HaProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A router on this machine in front of servers that are elsewhere, such as containers. As with embedded servers, nothing is
 * left of it however the run ends; after {@code kill -9} of the JVM the next start ends it. Thread-safe.
 */
public final class LocalRouter implements Router {
    private final HaProxy router;
    private final RunDirectory run;

    private LocalRouter(HaProxy router, RunDirectory run) {
        this.router = router;
        this.run = run;
    }

    /** A program that has been found, before there are servers to put it in front of. */
    @FunctionalInterface
    public interface Found {
        /** @throws TopologyException if it does not start */
        LocalRouter before(ReplicaSet replicaSet);
    }

    /**
     * @param cacheDirectory where a program that is fetched is kept, and the files of a run are
     * @throws TopologyException if there is no program; says what to do
     */
    public static Found find(RouterSettings settings, Path cacheDirectory, Consumer<String> progress) {
        try {
            CacheDirectory cache = CacheDirectory.open(cacheDirectory, progress);
            StaleRuns.end(cache, progress);
            Ending.refuse("looking for a router");
            HaProxy.Program program = HaProxyProgram.find(settings, cache, progress);
            return replicaSet -> start(replicaSet, program, cache);
        } catch (IOException e) {
            throw failed(cacheDirectory, e);
        }
    }

    private static LocalRouter start(ReplicaSet replicaSet, HaProxy.Program program, CacheDirectory cache) {
        Ending.refuse("starting a router");
        boolean started = false;
        try {
            RunDirectory run = RunDirectory.create(cache);
            try {
                HaProxy router = start(replicaSet, program, run);
                started = true;
                return new LocalRouter(router, run);
            } finally {
                if (!started) {
                    run.close();
                }
            }
        } catch (IOException e) {
            throw failed(cache.resolve(""), e);
        }
    }

    /** In a run's directory, by which the next run finds it if this one is killed. */
    static HaProxy start(ReplicaSet replicaSet, HaProxy.Program program, RunDirectory run) throws IOException {
        return HaProxy.start(replicaSet, program, run.path().resolve(RunDirectory.ROUTER), run::spawn);
    }

    private static TopologyException failed(Path cacheDirectory, IOException e) {
        return new TopologyException("a router in " + cacheDirectory + ": " + FileTrees.reason(e));
    }

    @Override
    public List<Endpoint> endpoints() {
        return router.endpoints();
    }

    @Override
    public Path logFile() {
        return router.logFile();
    }

    @Override
    public void close() {
        router.close();
        run.close();
    }
}
