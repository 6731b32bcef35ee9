package distributedmysql.experiment.backup;

import distributedmysql.backup.BackupException;
import distributedmysql.backup.Recovery;
import distributedmysql.backup.RecoveryPlan;
import distributedmysql.backup.RestoredServer;
import distributedmysql.backup.Target;
import distributedmysql.backup.Witness;
import distributedmysql.backup.store.Manifest;
import distributedmysql.config.Plural;
import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.ledger.LedgerLoad;
import distributedmysql.mysql.Gtid;
import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Recoveries of each shard to single transactions, and to just before the DELETE that is rehearsed. Used by one thread. */
final class Recoveries {
    private final Shards shards;
    private final IntFunction<Recovery> recovery;
    private final LedgerLoad ledger;
    private final Inspection inspection;
    private final Witnesses witnesses;
    private final Played played;
    private final EventLog events;
    private final Consumer<Node> beforeInspection;

    /** @param recovery by the number of the shard, from 0 on */
    Recoveries(
            Shards shards,
            IntFunction<Recovery> recovery,
            LedgerLoad ledger,
            Inspection inspection,
            Witnesses witnesses,
            Played played,
            EventLog events,
            Consumer<Node> beforeInspection) {
        this.shards = shards;
        this.recovery = recovery;
        this.ledger = ledger;
        this.inspection = inspection;
        this.witnesses = witnesses;
        this.played = played;
        this.events = events;
        this.beforeInspection = beforeInspection;
    }

    /**
     * To some of the numbered writes of a shard.
     *
     * @param full the first of it: from then on, all that it takes is stored
     * @param shipped the GTIDs that its binary logs hold
     */
    int toWrites(int shard, Manifest full, GtidSet shipped, int count, int seed) {
        GtidSet from = GtidSet.parse(full.gtids());
        List<Targets.Target> targets = Targets.choose(ledger.ledger(shard), from, shipped, count, seed);
        for (Targets.Target target : targets) {
            Ending.refuse("recovery to " + target.gtid());
            played.add(to(shard, from, target));
        }
        return targets.size();
    }

    private RecoveredTo to(int shard, GtidSet full, Targets.Target target) {
        String name = shards.nameIfSeveral(shard);
        String gtid = target.gtid().toString();
        tell(shard, "begin of the recovery to " + gtid);
        Recovery recoveries = recovery.apply(shard);
        try (RecoveryPlan plan = recoveries.plan(Target.upTo(target.gtid()));
                RestoredServer server = recoveries.run(plan)) {
            beforeInspection.accept(server.node());
            Restored restored = look(server, shard, position(shard, full, target.gtid(), plan), plan);
            tell(shard, "recovered to " + gtid + ": " + Took.line(restored.steps()));
            return new RecoveredTo(name, gtid, target.write(), plan.transactions(), restored, null);
        } catch (IOException | BackupException | TopologyException e) {
            String why = reason(Target.upTo(target.gtid()), e);
            tell(shard, "recovery to " + gtid + " failed: " + why);
            return new RecoveredTo(name, gtid, target.write(), null, null, why);
        }
    }

    /** Without the target, which is told beside it: the same reason may hold for several. */
    private static String reason(Target target, Exception e) {
        String message = String.valueOf(FailureReason.of(e));
        String beginning = "recovery to " + target + ": ";
        return message.startsWith(beginning) ? message.substring(beginning.length()) : message;
    }

    private Restored look(RestoredServer server, int shard, GtidSet position, RecoveryPlan plan) {
        Manifest full = plan.full().manifest();
        // What a member of a group had committed need not come first in the binary log of another one.
        List<Witness.Stop> way = List.of(witnesses.stop(full), witnesses.stop(shard, position));
        return witnesses.compare(server, shard, inspection.look(server, shard, position), way);
    }

    /**
     * What must be there; reckoned apart from how it is recovered. In a group, where numbers are given before the order of the binary log
     * is settled, only that tells which transactions are before the target.
     */
    private GtidSet position(int shard, GtidSet full, Gtid target, RecoveryPlan plan) {
        ReplicaSet set = shards.all().get(shard);
        return set.isGroup()
                ? plan.gtids().and(GtidSet.of(target))
                : Targets.upTo(target, full, GtidSet.executed(set.primary()));
    }

    /** To just before the DELETE; what it deleted is brought back. */
    void undo(int shard, Rehearsal rehearsal) {
        if (rehearsal.deleted().isEmpty()) {
            return;
        }
        Gtid gtid = rehearsal.deleted().get();
        Ending.refuse("recovery to just before " + gtid);
        tell(shard, "begin of the recovery to just before the DELETE, " + gtid);
        try (RestoredServer server = recovery.apply(shard).to(Target.before(gtid))) {
            beforeInspection.accept(server.node());
            rehearsal.bringBack(server.node());
            tell(
                    shard,
                    "recovered to just before the DELETE: brought back "
                            + Plural.of(rehearsal.figures().broughtBack(), "row"));
        } catch (IOException | BackupException | TopologyException e) {
            rehearsal.failed(FailureReason.of(e));
            tell(shard, "recovery to just before the DELETE failed: " + FailureReason.of(e));
        }
    }

    private void tell(int shard, String what) {
        events.add(Event.Kind.STEP, shards.all().get(shard).primary().name(), what);
    }
}
