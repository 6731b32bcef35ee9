package distributedmysql.experiment.sharding;

import distributedmysql.config.Demand;
import distributedmysql.config.PlannedTime;
import distributedmysql.config.Settings;
import distributedmysql.config.SettingsReader;
import distributedmysql.experiment.sharding.resharding.ReshardingSettings;
import distributedmysql.experiment.sharding.routed.RoutedSettings;
import distributedmysql.experiment.sharding.search.SearchSettings;
import distributedmysql.experiment.sharding.transfers.TransfersSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is played where there are several shards. */
public record PartSettings(
        RoutedSettings routed, SearchSettings search, TransfersSettings transfers, ReshardingSettings resharding) {
    static PartSettings read(SettingsReader reader) {
        return new PartSettings(
                RoutedSettings.read(reader),
                SearchSettings.read(reader),
                TransfersSettings.read(reader),
                ReshardingSettings.read(reader));
    }

    void refuseImpossible(Settings settings, SettingsReader reader) {
        transfers.refuseImpossible(settings, reader);
        resharding.refuseImpossible(reader);
    }

    PlannedTime time(Settings settings) {
        PlannedTime searches = search.time(settings);
        PlannedTime added = resharding.time(settings);
        Duration fixed = routed.time(settings)
                .plus(searches.fixed())
                .plus(transfers.time(settings))
                .plus(added.fixed());
        List<PlannedTime.Amount> amounts = new ArrayList<>(searches.amounts());
        amounts.addAll(added.amounts());
        return new PlannedTime(fixed, amounts);
    }

    /** Of parts that follow each other. */
    List<Demand> requests(Settings settings) {
        List<Demand> requests = new ArrayList<>(search.requests(settings));
        if (settings.shards() > 1) {
            requests.add(routed.requests());
        }
        requests.addAll(resharding.requests(settings));
        return requests;
    }

    /** Of parts that follow each other. */
    List<Demand> connections(Settings settings) {
        List<Demand> connections = new ArrayList<>(search.connections(settings));
        if (settings.shards() > 1) {
            connections.add(transfers.connections());
        }
        connections.addAll(resharding.connections(settings));
        return connections;
    }

    List<String> waiting(Settings settings) {
        return settings.shards() > 1 ? List.of("transfers across shards") : List.of();
    }
}
