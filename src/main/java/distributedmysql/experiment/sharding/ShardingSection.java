package distributedmysql.experiment.sharding;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import distributedmysql.config.Plural;
import distributedmysql.config.ShardSettings.Strategy;
import distributedmysql.experiment.sharding.resharding.ReshardingSection;
import distributedmysql.experiment.sharding.routed.RoutedSection;
import distributedmysql.experiment.sharding.search.SearchSection;
import distributedmysql.experiment.sharding.transfers.TransfersSection;
import distributedmysql.report.Metric;
import distributedmysql.report.Plot;
import distributedmysql.report.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How keys and load spread over shards, and what was played on several of them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("How keys and load spread over shards, and what moves when one is added.")
public record ShardingSection(
        @JsonPropertyDescription(
                "Each strategy with each kind of keys, computed for sharding.computed-shards, however many shards the run has.")
        List<Spread> spreads,

        @JsonPropertyDescription("Which strategy suits which keys, and why.")
        List<String> advice,

        @JsonPropertyDescription("A ring of very many shards and keys.")
        LargeRing largeRing,

        @JsonPropertyDescription(
                "Saves and loads by shard; absent if there is one shard only, or they were not played.")
        @Nullable
        RoutedSection routed,

        @JsonPropertyDescription("Searches of all shards, and joins across them; absent if there is one shard.")
        @Nullable
        SearchSection search,

        @JsonPropertyDescription(
                "Transfers across shards; absent if there is one shard only, or they were not played to their end.")
        @Nullable
        TransfersSection transfers,

        @JsonPropertyDescription("Shards that were added under load; absent if none was.") @Nullable
        ReshardingSection resharding)
        implements Section {
    static ShardingSection of(ShardingSettings settings) {
        List<Spread> spreads = new ArrayList<>();
        List<String> advice = new ArrayList<>();
        for (Ids ids : Ids.values()) {
            DrawnKeys keys = ids.draw(settings);
            List<Spread> ofIds = Stream.of(Strategy.values())
                    .map(strategy -> keys.spread(strategy, settings))
                    .toList();
            spreads.addAll(ofIds);
            advice.add(Advice.of(ids.label(), ofIds));
        }
        return new ShardingSection(
                spreads, advice, LargeRing.of(settings.points(), settings.seed()), null, null, null, null);
    }

    /** The same with what was played; null for nothing. */
    ShardingSection with(
            RoutedSection saved, SearchSection searched, TransfersSection transferred, ReshardingSection added) {
        return new ShardingSection(spreads, advice, largeRing, saved, searched, transferred, added);
    }

    @Override
    public List<Metric> metrics() {
        return ShardingMetrics.of(this);
    }

    @Override
    public List<Plot> plots() {
        return ShardingPlots.of(this);
    }

    @Override
    public List<String> console(UnaryOperator<String> mark) {
        List<String> lines = new ArrayList<>();
        lines.add("Keys over " + Plural.of(spreads.get(0).keys().size(), "shard")
                + ", computed for sharding.computed-shards (shares of the keys, % of the load on the fullest):");
        lines.add(String.format(
                Locale.ROOT,
                "  %-11s%-9s%11s%9s%9s%14s%9s%12s",
                "keys",
                "strategy",
                "deviation",
                "largest",
                "of next",
                "chi-squared p",
                "load",
                "moved by +1"));
        for (Spread spread : spreads) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-11s%-9s%9.1f %%%7.1f %%%7.1f %%%14.3f%7.1f %%%10.1f %%",
                    spread.ids(),
                    spread.strategy(),
                    spread.relativeDeviation() * 100,
                    spread.largestShare() * 100,
                    spread.largestShareOfNext() * 100,
                    spread.pValue(),
                    spread.largestLoad() * 100,
                    spread.moved() * 100));
        }
        advice.forEach(line -> lines.add("  " + line));
        lines.add(String.format(
                Locale.ROOT,
                "  a ring with shards = %,d and keys = %,d: from %,d to %,d on each (deviation %.1f %%); one more takes %,d",
                largeRing.shards(),
                largeRing.keys(),
                largeRing.fewestKeys(),
                largeRing.mostKeys(),
                largeRing.relativeDeviation() * 100,
                largeRing.moved()));
        if (routed != null) {
            lines.addAll(routed.console());
        }
        if (search != null) {
            lines.addAll(search.console(mark));
        }
        if (transfers != null) {
            lines.addAll(transfers.console(mark));
        }
        if (resharding != null) {
            lines.addAll(resharding.console());
        }
        return lines;
    }
}
