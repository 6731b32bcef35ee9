package distributedmysql.topology.embedded;

import distributedmysql.mysql.Capability;
import distributedmysql.mysql.ServerVersion;
import distributedmysql.topology.Program;
import distributedmysql.topology.SpareServer;
import distributedmysql.topology.SpareServers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Servers of the same program as the run's, below the same directory, which ends them. */
final class EmbeddedSpares implements SpareServers {
    // Far from those of any deployment.
    private static final int FIRST_SERVER_ID = 1_000_000_000;

    /** Of this JVM's runs, so that no name is there twice. */
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final RunDirectory run;
    private final ClientPrograms programs;
    private final Map<String, Program> found = new ConcurrentHashMap<>();
    private final ServerOptions options;
    private final DataTemplate template;

    EmbeddedSpares(RunDirectory run, ClientPrograms programs, ServerOptions options, DataTemplate template) {
        this.run = run;
        this.programs = programs;
        this.options = options.with(spareOptions(options.binary().version()));
        this.template = template;
    }

    private static List<String> spareOptions(ServerVersion version) {
        String skipStart = Capability.REPLICA_VARIABLES.in(version) ? "--skip-replica-start" : "--skip-slave-start";
        return List.of(
                // Data of a replica brings along whom that replicates from.
                skipStart,
                "--relay-log-recovery=OFF",
                // Its data may be of a server with the same id, whose transactions a replica would skip.
                "--replicate-same-server-id=ON",
                // An event of the data would change the data.
                "--event-scheduler=OFF",
                "--disable-log-bin",
                // A loss of power is the end of the run anyway.
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-doublewrite=OFF");
    }

    @Override
    public Optional<String> impossible() {
        return Optional.empty();
    }

    @Override
    public ServerVersion version() {
        return options.binary().version();
    }

    @Override
    public SpareServer prepare(String purpose) {
        int id = FIRST_SERVER_ID + ThreadLocalRandom.current().nextInt(FIRST_SERVER_ID);
        return new EmbeddedSpare(name(purpose), id, run, options, template);
    }

    @Override
    public Program program(String name) {
        return found.computeIfAbsent(name, programs::find);
    }

    @Override
    public Path newPath(String purpose) {
        return newPath(run, purpose);
    }

    static Path newPath(RunDirectory run, String purpose) {
        return run.path().resolve(name(purpose));
    }

    private static String name(String purpose) {
        return purpose + "-" + NUMBER.incrementAndGet();
    }
}
