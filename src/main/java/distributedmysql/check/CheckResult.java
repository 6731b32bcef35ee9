package distributedmysql.check;

/**
 * A verdict and why.
 *
 * @param name what was checked, for instance {@code server counts: mixed}
 * @param evidence one line that a person can verify: figures, and the first counter-example if there is one
 */
public record CheckResult(String name, Verdict verdict, String evidence) {
    public static CheckResult valid(String name, String evidence) {
        return new CheckResult(name, Verdict.VALID, evidence);
    }

    public static CheckResult invalid(String name, String evidence) {
        return new CheckResult(name, Verdict.INVALID, evidence);
    }

    public static CheckResult unknown(String name, String evidence) {
        return new CheckResult(name, Verdict.UNKNOWN, evidence);
    }
}
