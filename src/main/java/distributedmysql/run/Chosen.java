package distributedmysql.run;

import distributedmysql.config.Settings;
import distributedmysql.config.SettingsException;
import distributedmysql.report.RunReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Which experiments a run plays. */
final class Chosen {
    private Chosen() {}

    /**
     * The simulation's, or those that {@code -Dexperiments} names instead, in that order.
     *
     * @param named what {@code -Dexperiments} says; null if it is not given
     * @throws SettingsException if there is no such experiment, one is there twice, or its key is one of the JSON summary
     *     itself
     */
    static List<Experiment> of(List<Experiment> ofSimulation, String named) {
        requireFree(ofSimulation);
        if (named == null) {
            return ofSimulation;
        }
        Map<String, Experiment> known = byKey(ofSimulation);
        List<Experiment> chosen = new ArrayList<>();
        for (String name :
                Arrays.stream(named.split(",", -1)).map(String::strip).toList()) {
            Experiment experiment = known.get(name);
            if (experiment == null) {
                throw refused(
                        named,
                        "there is no experiment \"" + name + "\"; there are " + String.join(", ", known.keySet()));
            }
            if (chosen.contains(experiment)) {
                throw refused(named, name + " is there twice");
            }
            chosen.add(experiment);
        }
        return chosen;
    }

    /** All that there are: the simulation's, and those of every jar. */
    static List<Experiment> known(List<Experiment> ofSimulation) {
        return List.copyOf(byKey(ofSimulation).values());
    }

    private static Map<String, Experiment> byKey(List<Experiment> ofSimulation) {
        Map<String, Experiment> known = new LinkedHashMap<>();
        ServiceLoader.load(ExperimentList.class)
                .forEach(list -> list.experiments().forEach(each -> known.put(each.key(), each)));
        // With what the simulation has made of it, such as further faults.
        ofSimulation.forEach(each -> known.put(each.key(), each));
        requireFree(known.values());
        return known;
    }

    private static void requireFree(Collection<Experiment> experiments) {
        for (Experiment experiment : experiments) {
            String key = experiment.key();
            if (RunReport.isTaken(key)) {
                throw new SettingsException(
                        "the experiment " + key + " (" + experiment.getClass().getName() + ") needs another key: "
                                + RunReport.jsonKey(key) + " is a key of the JSON summary itself");
            }
        }
    }

    private static SettingsException refused(String named, String why) {
        return new SettingsException("command line: " + Settings.EXPERIMENTS + " = " + named + ": " + why);
    }
}
