package distributedmysql.experiment.consistency;

import distributedmysql.check.TableChecksumCheck;
import distributedmysql.experiment.consistency.judge.ConsistencyVerdicts;
import distributedmysql.monitor.ReplicationLag;
import distributedmysql.monitor.ReplicationLags;
import distributedmysql.mysql.TopologyException;
import distributedmysql.report.Section;
import distributedmysql.run.Check;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.Permissions;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.topology.TimeLeft;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The consistency part of a run that may only read: the lag of the replicas behind whatever others write, and the
 * comparison of tables. Writes nothing.
 */
final class ReadOnlyConsistencyRun implements ExperimentRun {
    private final TestRun run;
    private final ConsistencySettings settings;
    private final String ownDatabase;
    private final Permissions access;
    private final ReplicationLags lag;
    private final LagAndTables nodes;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean ended;

    ReadOnlyConsistencyRun(TestRun run) {
        this.run = run;
        this.settings = run.settings().of(ConsistencySettings.class);
        this.ownDatabase = run.settings().data().database();
        this.access = run.servers().access();
        long zero = System.nanoTime();
        this.lag = new ReplicationLags(run.shards().all().stream()
                .map(set -> ReplicationLag.readOnly(
                        set,
                        zero,
                        settings.lag().sampleInterval(),
                        settings.lag().beatInterval()))
                .toList());
        this.nodes = new LagAndTables(run.shards(), settings, lag, run::say);
    }

    @Override
    public List<Step> steps() {
        run.notRun(ConsistencyVerdicts.names(), access.unwritable().orElseThrow());
        if (access.compared().isEmpty()) {
            run.notRun(
                    List.of(TableChecksumCheck.NAME),
                    "external.compare-databases names no database, and "
                            + access.unreadable().orElseThrow());
        }
        return List.of(
                run.alone("consistency", settings.duration().plus(ConsistencySettings.JUDGING), this::sampleAndCompare),
                run.judge(checks()));
    }

    /** Samples the lag for {@code consistency.duration}, then compares the tables; earlier if this is closed meanwhile. */
    private void sampleAndCompare() {
        run.say("consistency: replication lag, for " + TimeLeft.text(settings.duration()));
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

    private List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        if (!access.compared().isEmpty()) {
            checks.add(nodes.tableCheck());
        }
        checks.add(nodes.lagCheck());
        return checks;
    }

    @Override
    public Optional<Section> section(Set<String> busy) {
        return ended ? Optional.of(Consistency.readOnly(nodes.lag(), nodes.tables())) : Optional.empty();
    }

    @Override
    public void close() {
        closed.countDown();
        lag.close();
    }
}
