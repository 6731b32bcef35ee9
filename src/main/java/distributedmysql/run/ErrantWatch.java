package distributedmysql.run;

import distributedmysql.check.CheckResult;
import distributedmysql.check.ErrantTransactionsCheck;
import distributedmysql.history.ErrantGtids;
import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import distributedmysql.monitor.ErrantTransactions;
import distributedmysql.topology.Shards;
import java.util.List;

/** Looks for errant transactions before, during and at the end of a run, in each replica set. Thread-safe. */
final class ErrantWatch {
    private final List<ErrantTransactions> transactions;
    private final EventLog events;

    ErrantWatch(Shards shards, EventLog events) {
        this.transactions = shards.all().stream().map(ErrantTransactions::new).toList();
        this.events = events;
    }

    /** One entry for each server that was a replica at one of the looks. */
    List<ErrantGtids> found() {
        return transactions.stream().flatMap(of -> of.found().stream()).toList();
    }

    /** Those that are there already are told at once. */
    void begin() {
        transactions.forEach(ErrantTransactions::lookBefore);
        found().forEach(this::warn);
    }

    void look() {
        transactions.forEach(ErrantTransactions::look);
    }

    CheckResult check() {
        look();
        return ErrantTransactionsCheck.check(
                found(),
                transactions.stream().flatMap(of -> of.outside().stream()).toList());
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
