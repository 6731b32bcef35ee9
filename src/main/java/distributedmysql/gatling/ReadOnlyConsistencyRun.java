package distributedmysql.gatling;

import distributedmysql.check.ConsistencyVerdicts;
import distributedmysql.check.TableChecksumCheck;
import distributedmysql.config.ConsistencySettings;
import distributedmysql.config.Settings;
import distributedmysql.monitor.ReplicationLag;
import distributedmysql.report.Consistency;
import distributedmysql.report.NotRun;
import distributedmysql.topology.TimeLeft;
import distributedmysql.topology.TopologyException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The consistency part of a run that may only read: the lag of the replicas behind whatever others write, and the
 * comparison of tables. Writes nothing.
 */
public final class ReadOnlyConsistencyRun implements ConsistencyPart {
    private final ConsistencySettings settings;
    private final String ownDatabase;
    private final Access access;
    private final Consumer<String> progress;
    private final ReplicationLag lag;
    private final LagAndTables nodes;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean ended;

    ReadOnlyConsistencyRun(RunServers servers, Settings all, Consumer<String> progress) {
        this.settings = all.consistency();
        this.ownDatabase = all.data().database();
        this.access = servers.access();
        this.progress = progress;
        this.lag = ReplicationLag.readOnly(
                servers.cluster(),
                System.nanoTime(),
                settings.lag().sampleInterval(),
                settings.lag().beatInterval());
        this.nodes = new LagAndTables(servers.cluster(), settings, lag, progress);
    }

    /** Samples the lag for {@code consistency.duration}, then compares the tables; earlier if this is closed meanwhile. */
    public void run() {
        progress.accept("consistency: replication lag, for " + TimeLeft.text(settings.duration()));
        try {
            lag.start();
            // Of others, and all the time.
            lag.loadBegins(settings.duration());
            if (closed.await(settings.duration().toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (SQLException e) {
            throw TopologyException.of("replication lag", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        // The comparison is a load of its own.
        lag.close();
        nodes.compare(access.compared(), ownDatabase);
        ended = true;
    }

    /** The checks of this part; to be made after {@link #run}. */
    public List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        if (!access.compared().isEmpty()) {
            checks.add(nodes.tableCheck());
        }
        checks.add(nodes.lagCheck());
        return checks;
    }

    /** The other checks of the consistency part. */
    List<NotRun> notRun() {
        List<NotRun> notRun = new ArrayList<>();
        ConsistencyVerdicts.names()
                .forEach(name -> notRun.add(new NotRun(name, access.unwritable().orElseThrow())));
        if (access.compared().isEmpty()) {
            notRun.add(new NotRun(
                    TableChecksumCheck.NAME,
                    "external.compare-databases names no database, and "
                            + access.unreadable().orElseThrow()));
        }
        return notRun;
    }

    @Override
    public Consistency report() {
        return ended ? Consistency.readOnly(nodes.lag(), nodes.tables()) : null;
    }

    @Override
    public void close() {
        closed.countDown();
        lag.close();
    }
}
