package distributedmysql.experiment.sharding;

import distributedmysql.config.PlannedTime;
import distributedmysql.experiment.sharding.resharding.ReshardingRun;
import distributedmysql.report.Section;
import distributedmysql.run.Check;
import distributedmysql.run.ExperimentRun;
import distributedmysql.run.Step;
import distributedmysql.run.TestRun;
import distributedmysql.shard.Ring;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Computes first; then a shard is added to those that there are. */
final class ShardingRun implements ExperimentRun {
    private final TestRun run;
    private final ShardingSettings settings;
    private final ReshardingRun resharding;
    private volatile ShardingSection section;

    ShardingRun(TestRun run) {
        this.run = run;
        this.settings = run.settings().of(ShardingSettings.class);
        this.resharding = new ReshardingRun(run, settings.resharding());
    }

    @Override
    public List<Step> steps() {
        Ring ring = Strategy.ring(settings);
        List<Step> steps = new ArrayList<>();
        steps.addAll(List.of(
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
                                () -> ShardingChecks.moved(ring, ring.withOneMore()))))));
        steps.addAll(resharding.steps());
        return steps;
    }

    @Override
    public Optional<Section> section(Set<String> busy) {
        return Optional.ofNullable(section)
                .map(computed -> computed.with(resharding.section().orElse(null)));
    }

    @Override
    public void close() {
        resharding.close();
    }
}
