package distributedmysql.config;

/** What the settings of a profile may ask of servers that are not ours. */
final class Ceilings {
    private Ceilings() {}

    /**
     * No part of a run sends requests at a rate above {@code external.max-rate}, or opens more than {@code
     * external.max-connections} connections to one server. That no more is sent in any second, whatever the profile says,
     * is the business of the run's {@code RateCap}: here, what could never fit is refused before anything is written.
     *
     * @throws SettingsException if a part asks for more; the message has what adds up to it
     */
    static void refuseAbove(Settings settings, SettingsReader reader) {
        int replicas = settings.external().replicas().size();
        int maxRate = settings.external().maxRate();
        for (Demand demand : new Requests(settings, replicas).demands()) {
            refuse(reader, demand, "requests per second", "external.max-rate", maxRate);
        }
        int maxConnections = settings.external().maxConnections();
        for (Demand demand : new ServerConnections(settings, replicas).demands()) {
            refuse(reader, demand, "connections to one server", "external.max-connections", maxConnections);
        }
    }

    private static void refuse(SettingsReader reader, Demand demand, String unit, String ceiling, int max) {
        if (demand.sum() > max) {
            throw reader.refused(
                    demand.key(),
                    demand.part() + " asks for up to " + demand.sum() + " " + unit + demand.parts() + ", at most "
                            + ceiling + " = " + max + " is allowed");
        }
    }
}
