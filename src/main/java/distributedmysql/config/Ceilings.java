package distributedmysql.config;

import java.util.List;

/** What the settings of a profile may ask of servers that are not ours. */
final class Ceilings {
    /** Of a server that is a little busy, or far away. */
    private static final double ANSWER_SECONDS = 0.05;

    private Ceilings() {}

    /**
     * No part of a run sends requests at a rate above {@code external.max-rate}, or opens more than {@code
     * external.max-connections} connections to one server. That no more is sent in any second, whatever the profile says,
     * is the business of the run's {@code RateCap}: here, what could never fit is refused before anything is written.
     *
     * @throws SettingsException if a part that is played asks for more; the message has what adds up to it
     */
    static void refuseAbove(Settings settings, SettingsReader reader) {
        int maxRate = settings.external().maxRate();
        for (Demand demand : requests(settings)) {
            refuse(reader, demand, "requests per second", "external.max-rate", maxRate);
        }
        int maxConnections = settings.external().maxConnections();
        for (Demand demand : connections(settings)) {
            refuse(reader, demand, "connections to one server", "external.max-connections", maxConnections);
        }
    }

    /**
     * Parts that fit, but so closely that their requests will wait: each counts until a second after its answer, so the
     * cap carries less than its number.
     */
    static List<String> warnings(Settings settings) {
        int maxRate = settings.external().maxRate();
        return requests(settings).stream()
                .filter(demand -> demand.sum() * (1 + ANSWER_SECONDS) > maxRate)
                .map(demand -> demand.part() + " asks for up to " + Plural.of(demand.sum(), "request") + " per second"
                        + demand.parts() + "; of external.max-rate = " + maxRate + ", at most "
                        + (int) (maxRate / (1 + ANSWER_SECONDS)) + " can be used where an answer takes "
                        + Math.round(1_000 * ANSWER_SECONDS)
                        + " ms: requests will wait, and what waits too long fails; raise external.max-rate or lower "
                        + demand.key())
                .toList();
    }

    /** What arrives at a rate of its own in what is played. */
    static List<Demand> requests(Settings settings) {
        return demands(settings, ExperimentSettings::requests);
    }

    static List<Demand> connections(Settings settings) {
        return demands(settings, ExperimentSettings::connections);
    }

    private interface Asked {
        List<Demand> of(ExperimentSettings experiment, Settings settings, int replicas);
    }

    private static List<Demand> demands(Settings settings, Asked asked) {
        int replicas = settings.external().sets().stream()
                .mapToInt(set -> set.replicas().size())
                .max()
                .orElseThrow();
        return settings.ofPlayed().stream()
                .flatMap(experiment -> asked.of(experiment, settings, replicas).stream())
                .toList();
    }

    private static void refuse(SettingsReader reader, Demand demand, String unit, String ceiling, int max) {
        if (demand.sum() > max) {
            throw reader.refusedTogether(
                    demand.part() + " asks for up to " + demand.sum() + " " + unit + demand.parts() + ", at most "
                            + ceiling + " = " + max + " is allowed",
                    demand.key(),
                    ceiling);
        }
    }
}
