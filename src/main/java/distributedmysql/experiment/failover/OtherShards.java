package distributedmysql.experiment.failover;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import distributedmysql.check.Verdict;
import distributedmysql.config.Plural;
import distributedmysql.config.ReplicationMode;
import distributedmysql.ledger.LedgerChecks;
import distributedmysql.ledger.LedgerFigures;
import distributedmysql.ledger.LedgerLoad;
import distributedmysql.ledger.LedgerPromise;
import distributedmysql.mysql.Node;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Replication;
import distributedmysql.topology.Shards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The check {@code other shards}: whether keys of the shards whose primary is not killed are written and read as if nothing
 * happened. The first shard is the one whose primary is killed. INVALID if a single request failed there, an acknowledged write is lost, a failed one is there, or nodes of one shard
 * differ; UNKNOWN where nothing was acknowledged, or not every node was read.
 */
final class OtherShards {
    static final String NAME = "other shards";

    static final Meaning MEANING = new Meaning(
            "What happened to one shard harmed keys of another one.",
            "Nothing was acknowledged on another shard, or one of its nodes was not read in the end.",
            "Look for what the shards share: connection pools and threads of the application, a host, a network; and at the"
                    + " errors of the named shard.");

    /**
     * What one of them had.
     *
     * @param nodes the names of those that had to be read in the end
     */
    record Shard(int number, LedgerFigures figures, List<String> nodes) {}

    private final Shards shards;
    private final LedgerLoad load;

    OtherShards(Shards shards, LedgerLoad load) {
        this.shards = shards;
        this.load = load;
    }

    boolean exist() {
        return shards.areSeveral();
    }

    private List<ReplicaSet> all() {
        return shards.all().subList(1, shards.all().size());
    }

    /** All of them. */
    List<Node> nodes() {
        return all().stream().flatMap(set -> set.nodes().stream()).toList();
    }

    /** @throws distributedmysql.mysql.TopologyException if that does not come about before the deadline */
    void awaitConvergence(Duration deadline) {
        all().forEach(set -> Replication.awaitConvergence(set, deadline));
    }

    /** By what has been recorded so far. */
    CheckResult check(ReplicationMode mode) {
        return check(
                mode,
                IntStream.range(1, shards.all().size())
                        .mapToObj(shard -> new Shard(
                                shard,
                                load.figures(shard),
                                shards.all().get(shard).nodes().stream()
                                        .map(Node::name)
                                        .toList()))
                        .toList());
    }

    static String name(ReplicationMode mode) {
        return NAME + ": " + mode.label();
    }

    /** @param others all but the one whose primary is killed */
    static CheckResult check(ReplicationMode mode, List<Shard> others) {
        String name = name(mode);
        return Evidence.together(
                name,
                others.stream().map(shard -> check(name, shard)).toList(),
                i -> Shards.name(others.get(i).number()));
    }

    private static CheckResult check(String name, Shard shard) {
        LedgerFigures figures = shard.figures();
        long failed = figures.errors().stream()
                .mapToLong(LedgerFigures.ErrorCount::count)
                .sum();
        List<CheckResult> results = LedgerChecks.all(figures, LedgerPromise.ALL, shard.nodes(), "", "");
        List<String> wrong = new ArrayList<>();
        if (failed > 0) {
            wrong.add(Plural.of(failed, "request") + " failed, from second "
                    + figures.errors().get(0).second() + " on");
        }
        wrong.addAll(evidence(results, Verdict.INVALID));
        String acknowledged = figures.writes() == null
                ? "it is not known what became of its writes"
                : Plural.of(figures.writes().acknowledged(), "write") + " acknowledged, none lost, no request failed";
        return Evidence.judge(
                name,
                String.join("; ", wrong),
                String.join("; ", evidence(results, Verdict.UNKNOWN)),
                wrong.isEmpty() ? acknowledged : "all else as told");
    }

    private static List<String> evidence(List<CheckResult> results, Verdict verdict) {
        return results.stream()
                .filter(result -> result.verdict() == verdict)
                .map(CheckResult::evidence)
                .toList();
    }
}
