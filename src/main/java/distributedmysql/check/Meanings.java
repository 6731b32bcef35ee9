package distributedmysql.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The meaning of every check of the framework, by its name, or, of a check that is made for each stage, mode or quantity, by
 * the beginning of its name up to the colon and blank. {@code docs/verdicts.md} has a paragraph for each, under the same name.
 */
public final class Meanings {
    private static final Map<String, Meaning> ALL = new LinkedHashMap<>();

    static {
        performance();
        consistency();
        stability();
        failover();
        run();
    }

    private Meanings() {}

    private static void performance() {
        add(
                "server counts: ",
                "The servers did not execute what the client counted, so this stage's figures are not to be trusted.",
                "A server could not say how many statements it executed, or none was sent.",
                "Keep others off this user's account and the servers' statement statistics during the run; turn"
                        + " performance_schema on.");
        add(
                PerformanceErrors.NAME,
                "More requests failed than the settings allow (load.max-error-percent).",
                "No request was made.",
                "Look at the errors of each stage in the JSON summary (stages[].errors) and in the servers'"
                        + " error logs.");
        add(
                TargetRate.NAME,
                "Fewer requests per second were made than planned, so the latencies belong to another load.",
                "No stage at a fixed rate was run to its end.",
                "Look whether the servers or this machine were busy (stages[].generator); lower the rates,"
                        + " or run where there is room.");
    }

    private static void consistency() {
        add(
                ReadAfterWrite.NAME,
                "A read that must show the write before it did not, or a row was damaged.",
                "Too few reads were answered for some strategy, replica and delay.",
                "Look at consistency.readAfterWrite in the JSON summary; if UNKNOWN, raise consistency.duration or"
                        + " lower min-samples.");
        add(
                Visibility.NAME,
                "A replica did not show a write before the deadline.",
                "For some replica there is no write that was followed until it was visible.",
                "Look whether that replica applies: SHOW REPLICA STATUS, and the check replication lag.");
        for (Guarantee guarantee : Guarantee.values()) {
            add(
                    guarantee.label(),
                    "Sessions saw what the strategy of their reads rules out.",
                    "Some strategy has no evidence for this guarantee.",
                    "The evidence names session, key and versions; look these up in the saved history, and check what"
                            + " stands between the clients and the servers.");
        }
        add(
                LostWrites.NAME,
                "What a client was told and what the servers hold in the end do not agree: acknowledged writes are"
                        + " lost, or failed ones are there.",
                "No write was acknowledged, not every written key could be read on every node in the end, or the records"
                        + " contradict each other.",
                "Look up the named keys on every node before the next run removes them, and the applier's errors and the"
                        + " binary log on the node that lacks them.");
        add(
                ImpossibleReads.NAME,
                "A read showed something that was never written, not yet written, or rolled back.",
                "No row was read, or the records contradict each other.",
                "Look up the named read in the saved history; suspect caches and proxies before the server.");
        add(
                RowChecksums.NAME,
                "A row came back with other content than was written.",
                "No row was read.",
                "Read the named key on every node; suspect memory, disk, character sets, and whoever else writes there.");
        add(
                TableChecksumCheck.NAME,
                "A replica does not hold what its primary holds: each named row differed at one and the same position.",
                "Not every row could be compared, or no table was, so replicas may or may not be equal there.",
                "If INVALID, find out who wrote on the replica, then repair or rebuild it. If UNKNOWN, remove the named"
                        + " reason (a privilege, a deadline, a lag) and compare again.");
        add(
                ReplicationLagCheck.NAME,
                "A replica lagged by more than consistency.lag.limit-p99 allows.",
                "A replica could not be asked often enough, so its lag is not known; or there is no replica.",
                "Look what the replica's applier waits for: parallel workers, large transactions, disk, locks; if"
                        + " UNKNOWN, whether the replica or this machine was too busy to answer.");
    }

    private static void stability() {
        add(
                "soak errors",
                "More requests of the soak failed than the settings allow.",
                "The soak did not run to its end.",
                "Look at the errors of the stage soak in the JSON summary, and in the servers' error logs.");
        add(
                "soak target rate",
                "The soak made fewer requests per second than planned.",
                "The soak did not run to its end.",
                "Lower soak.rate, or look what kept the servers or this machine busy.");
        add(
                "drift: ",
                "Throughput or latency got worse while the load stayed the same.",
                "The soak was too short, or its figures scatter too much, to tell.",
                "Look at soak.intervals for when it began: checkpoints, purging, a cache that is full, a"
                        + " neighbour. If UNKNOWN, run a longer soak.");
        add(
                "leak: ",
                "Something goes on growing while the load stays the same.",
                "It could not be read often enough, the soak was too short, or the readings scatter too much to tell.",
                "Look at soak.leaks for node and rate, and repeat with a longer soak: what fills a cache stops"
                        + " growing, a leak does not.");
        add(
                "connection steps",
                "With more connections, requests failed for another reason than that the server was full.",
                "No step was run to its end.",
                "Look at the errors of the step in connections.steps, and compare max_connections with what the"
                        + " clients need.");
        add(
                "connections after the steps",
                "Connections of the steps stayed open, or the server does not answer new ones.",
                "The steps were not run, so none can have been left over.",
                "Look at SHOW PROCESSLIST on the primary, and at wait_timeout and what stands between.");
    }

    private static void failover() {
        add(
                "lost acknowledged writes: ",
                "Writes that clients were told are safe are not on the primary in the end.",
                "Nothing was acknowledged, there was no failover, or it is not known what was there in the end.",
                "The evidence has the numbers; after a failover, compare the loss with what your replication mode"
                        + " promises (docs/failover.md, failover.modes[].rpo).");
        add(
                "split brain: ",
                "Two servers acknowledged writes at the same time.",
                "There was no failover, or nothing was acknowledged before or after it.",
                "Fence the former primary before a replica is promoted (docs/failover.md).");
        add(
                "failed writes absent: ",
                "A write that the client was told has failed is there, or one was acknowledged twice.",
                "Nothing was acknowledged, there was no failover, or it is not known what was there in the end.",
                "Look up the numbers on every node; suspect a proxy or driver that retries by itself.");
        add(
                "ledger on every node: ",
                "In the end, the nodes do not hold the same rows.",
                "A node was not read in the end.",
                "The evidence says who lacks what (after a failover, failover.modes[].nodes too); rebuild that node from the"
                        + " primary.");
        add(
                "semi-sync fallback: ",
                "The primary went on without waiting for a replica, so that what it acknowledged then can be lost.",
                "The semi-synchronous status was not read, or no commit was acknowledged by a replica.",
                "Look at SHOW GLOBAL STATUS LIKE 'Rpl_semi_sync%' on the primary, and raise"
                        + " rpl_semi_sync_source_timeout.");
    }

    private static void run() {
        add(
                "server silence: ",
                "A server answered nothing for a second or more, although requests were sent to it and this machine ran.",
                "No stage of the open model was run.",
                "Look into that server's error log and the system's of that time: a stop of the process, storage that"
                        + " hangs, a network that was cut.");
        add(
                ErrantTransactionsCheck.NAME,
                "Somebody wrote to a replica: its data may differ from the primary's, and if it is promoted, the others"
                        + " execute these transactions too or can no longer follow.",
                "A replica could not be asked what it has executed, or there was none to ask.",
                "Find out what the transaction did, undo it there or do it on the primary, and give the primary an empty"
                        + " transaction of that GTID (docs/failover.md, \"Errant transactions\").");
        add(
                FailedRequests.NAME,
                "Requests of the simulation failed that may not, so what was measured is not what was meant.",
                "Requests were never sent, because their users had left before.",
                "Correct the statement that the evidence names; a request that is meant to fail says so"
                        + " (docs/simulations.md).");
        add(
                "one run at a time",
                "This is never proven; another run is at most suspected.",
                "Another run took the lock of this database, or wrote into it, while this run had lost its connection.",
                "Start one run after the other, or give each a database and a user of its own (data.database); look why"
                        + " the connection was lost.");
    }

    private static void add(String name, String invalid, String unknown, String next) {
        ALL.put(name, new Meaning(invalid, unknown, next));
    }

    /** Empty for a check that is not the framework's. */
    public static Optional<Meaning> of(String check) {
        Meaning exact = ALL.get(check);
        // Without a colon: the whole name, which is not there.
        int family = check.indexOf(": ") + 2;
        return Optional.ofNullable(exact == null && family > 1 ? ALL.get(check.substring(0, family)) : exact);
    }

    /** The names, or their beginnings. */
    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }
}
