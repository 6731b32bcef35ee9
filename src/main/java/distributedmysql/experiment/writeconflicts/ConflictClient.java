package distributedmysql.experiment.writeconflicts;

import distributedmysql.gatling.Attempt;
import distributedmysql.gatling.internal.BlockingAction.Requests;
import distributedmysql.load.ConnectionPools;
import distributedmysql.mysql.Node;

/** Sends single increments and notes how each ended. Judges nothing, and never repeats one. Blocks; thread-safe. */
record ConflictClient(ConnectionPools pools, CounterTable table, Increments increments, ConflictRecord record) {
    void increment(Node member, Counter counter, Requests requests) {
        Attempt<Boolean> attempt = Attempt.write(pools.of(member), (connection, node) -> {
            table.increment(connection, counter);
            return true;
        });
        IncrementEnding ending = IncrementEnding.of(attempt.failure());
        increments.ended(counter, ending);
        record.ended(member.name(), ending, attempt.start(), attempt.end());
        // A roll-back is the answer that is looked for here; Gatling counts it under a name of its own.
        String request = "increment of " + counter.keys() + (ending.isRollback() ? ", rolled back" : "");
        requests.ended(request, attempt.start(), attempt.end(), ending.isRollback() ? null : attempt.failure());
    }
}
