package distributedmysql.run;

import distributedmysql.check.CheckResult;
import distributedmysql.check.ErrantTransactionsCheck;
import distributedmysql.history.ErrantGtids;
import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.monitor.ErrantTransactions;
import distributedmysql.topology.ReplicaSet;

/** Looks for errant transactions before, during and at the end of a run. Thread-safe. */
final class ErrantWatch {
    private final ErrantTransactions transactions;
    private final EventLog events;

    ErrantWatch(ReplicaSet replicaSet, EventLog events) {
        this.transactions = new ErrantTransactions(replicaSet);
        this.events = events;
    }

    ErrantTransactions transactions() {
        return transactions;
    }

    /** Those that are there already are told at once. */
    void begin() {
        transactions.lookBefore();
        transactions.found().forEach(this::warn);
    }

    void look() {
        transactions.look();
    }

    CheckResult check() {
        transactions.look();
        return ErrantTransactionsCheck.check(transactions.found(), transactions.outside());
    }

    private void warn(ErrantGtids replica) {
        replica.beforeRun()
                .ifPresent(gtids -> events.add(
                        Event.Kind.WARNING,
                        replica.replica(),
                        "warning: " + replica.replica()
                                + " has executed what the primary has not (errant transactions): " + gtids));
    }
}
