package distributedmysql.experiment.sharding;

import distributedmysql.config.PlannedTime;
import distributedmysql.experiment.sharding.resharding.ReshardingRun;
import distributedmysql.experiment.sharding.routed.RoutedRun;
import distributedmysql.experiment.sharding.search.SearchRun;
import distributedmysql.experiment.sharding.transfers.TransfersRun;
import distributedmysql.load.record.CountedLoad;
import distributedmysql.report.Section;
import distributedmysql.run.Check;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.Part;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.shard.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Computes first, without asking a server for anything; then come the parts that need several shards. */
final class ShardingRun implements ExperimentRun {
    private final TestRun run;
    private final ShardingSettings settings;
    private final RoutedRun routed;
    private final SearchRun search;
    private final TransfersRun transfers;
    private final ReshardingRun resharding;
    private volatile ShardingSection section;

    ShardingRun(TestRun run) {
        this.run = run;
        this.settings = run.settings().of(ShardingSettings.class);
        PartSettings parts = settings.parts();
        this.routed = new RoutedRun(run, parts.routed());
        this.search = new SearchRun(run, parts.search());
        this.transfers = new TransfersRun(run, parts.transfers());
        this.resharding = new ReshardingRun(run, parts.resharding());
    }

    /** That its parts may make. */
    static List<String> tables() {
        return Stream.of(RoutedRun.tables(), SearchRun.tables(), TransfersRun.tables(), ReshardingRun.tables())
                .flatMap(List::stream)
                .toList();
    }

    private List<Part> parts() {
        return List.of(routed, search, transfers, resharding);
    }

    @Override
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>(distribution());
        parts().forEach(part -> steps.addAll(part.steps()));
        return steps;
    }

    private List<Step> distribution() {
        Ring ring = new Ring(settings.shards(), settings.points(), settings.seed());
        return List.of(
                run.alone(
                        "sharding: distribution of keys",
                        PlannedTime.BETWEEN,
                        () -> section = ShardingSection.of(settings)),
                run.judge(List.of(
                        new Check(
                                ShardingChecks.EVEN_NAME,
                                ShardingChecks.EVEN_MEANING,
                                () -> ShardingChecks.even(ring.shares(), settings.points())),
                        new Check(
                                ShardingChecks.MOVED_NAME,
                                ShardingChecks.MOVED_MEANING,
                                () -> ShardingChecks.moved(ring, ring.withOneMore())))));
    }

    @Override
    public Optional<Section> section(Set<String> busy) {
        return Optional.ofNullable(section)
                .map(computed -> computed.with(
                        routed.section().orElse(null),
                        search.section().orElse(null),
                        transfers.section().orElse(null),
                        resharding.section().orElse(null)));
    }

    @Override
    public List<CountedLoad> loads() {
        List<CountedLoad> loads = new ArrayList<>(transfers.loads());
        loads.addAll(resharding.loads());
        return loads;
    }

    @Override
    public void close() {
        transfers.close();
        resharding.close();
    }
}
