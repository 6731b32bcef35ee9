package distributedmysql.topology.embedded;

import distributedmysql.config.EmbeddedSettings;
import distributedmysql.mysql.ServerVersion;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.Ending;
import distributedmysql.topology.Program;
import distributedmysql.topology.SpareServer;
import distributedmysql.topology.SpareServers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Servers on this machine beside a deployment that is elsewhere, of the distribution that embedded servers would be of. No server program
 * is looked for or fetched, and nothing is made, before it is asked for.
 */
public final class LocalSpares implements SpareServers, AutoCloseable {
    private final EmbeddedSettings settings;
    private final Consumer<String> progress;
    private CacheDirectory cache;
    private RunDirectory run;
    private EmbeddedSpares spares;

    private LocalSpares(EmbeddedSettings settings, Consumer<String> progress) {
        this(settings, "beside the deployment: ", progress);
    }

    private LocalSpares(EmbeddedSettings settings, String where, Consumer<String> progress) {
        this.settings = settings;
        this.progress = line -> progress.accept(where + line);
    }

    /** Where there is no deployment; the caller closes it. */
    public static LocalSpares alone(EmbeddedSettings settings, Consumer<String> progress) {
        return new LocalSpares(settings, "", progress);
    }

    /** The same deployment, which ends these too; or that itself, if it has spare servers of its own. */
    public static Deployment beside(Deployment deployment, EmbeddedSettings settings, Consumer<String> progress) {
        if (deployment.spares().impossible().isEmpty()) {
            return deployment;
        }
        LocalSpares spares = new LocalSpares(settings, progress);
        spares.endLeftOver();
        return deployment.withSpares(spares, spares::end);
    }

    /** What a killed run has left here would otherwise stay, its servers too, until a run starts servers here. */
    private void endLeftOver() {
        if (impossible().isPresent()) {
            return;
        }
        try {
            StaleRuns.endUnlessBusy(settings.cacheDirectory(), progress);
        } catch (IOException | TopologyException e) {
            progress.accept("cannot look for what killed runs have left: " + e.getMessage());
        }
    }

    @Override
    public Optional<String> impossible() {
        return settings.hasCacheDirectory()
                ? Optional.empty()
                : Optional.of("there is no place for its files; name one with embedded.cache-directory");
    }

    @Override
    public ServerVersion version() {
        return spares().version();
    }

    @Override
    public SpareServer prepare(String purpose) {
        return spares().prepare(purpose);
    }

    @Override
    public Program program(String name) {
        return spares().program(name);
    }

    @Override
    public Path newPath(String purpose) {
        return EmbeddedSpares.newPath(run(), purpose);
    }

    private synchronized RunDirectory run() {
        if (run == null) {
            impossible().ifPresent(reason -> {
                throw new TopologyException("no server can be started beside the deployment: " + reason);
            });
            try {
                cache = CacheDirectory.open(settings.cacheDirectory(), progress);
                StaleRuns.end(cache, progress);
                run = RunDirectory.create(cache);
            } catch (IOException e) {
                throw failed(e);
            }
        }
        return run;
    }

    private synchronized EmbeddedSpares spares() {
        RunDirectory place = run();
        if (spares == null) {
            try {
                Ending.refuse("looking for a server program");
                ServerBinary binary = ServerBinaries.find(settings, cache, progress);
                ServerOptions options = new ServerOptions(binary, settings, List.of(), cache.ownerOfNewFiles() == 0);
                DataTemplate template = DataTemplate.of(options, cache, progress);
                spares = new EmbeddedSpares(place, new ClientPrograms(settings, cache, progress), options, template);
            } catch (IOException e) {
                throw failed(e);
            }
        }
        return spares;
    }

    private TopologyException failed(IOException e) {
        return new TopologyException("servers in " + settings.cacheDirectory() + ": " + FileTrees.reason(e));
    }

    private synchronized void end() {
        if (run != null) {
            run.close();
        }
    }

    /** Ends all of them, and removes their files. */
    @Override
    public void close() {
        end();
    }
}
