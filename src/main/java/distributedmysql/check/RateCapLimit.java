package distributedmysql.check;

/**
 * What a check is worth where requests waited for {@code external.max-rate}, the run's own cap: what the wait explains says
 * nothing about the servers.
 */
public final class RateCapLimit {
    static final String REASON = "limited by external.max-rate";

    private static final Meaning MEANING = new Meaning(
            "",
            "Requests waited for external.max-rate, this run's own limit, so nothing is proven about the servers.",
            "Raise external.max-rate, if the servers may be sent more, or lower the rates of this part of the run.");

    private RateCapLimit() {}

    /** @param evidence begins with what was limited */
    public static CheckResult unknown(String name, String evidence) {
        return CheckResult.unknown(name, evidence).meaning(MEANING);
    }
}
