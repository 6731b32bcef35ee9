package distributedmysql.check;

import distributedmysql.config.Plural;
import java.util.Locale;

/** How evidence is worded: the same everywhere, and the same on every machine. */
public final class Evidence {
    private Evidence() {}

    /** The check's result: what is wrong decides before what is not known. */
    public static CheckResult judge(String name, String invalid, String unknown, String figures) {
        if (!invalid.isEmpty()) {
            return CheckResult.invalid(name, invalid + "; " + figures);
        }
        return unknown.isEmpty()
                ? CheckResult.valid(name, figures)
                : CheckResult.unknown(name, unknown + "; " + figures);
    }

    /** {@code 1 sample}, {@code 2 samples}. */
    public static String count(long n, String noun) {
        return Plural.of(n, noun);
    }

    public static String seconds(long micros) {
        return String.format(Locale.ROOT, "%.6f s", micros / 1e6);
    }

    public static String millis(long micros) {
        return micros % 1_000 == 0 ? micros / 1_000 + " ms" : String.format(Locale.ROOT, "%s ms", micros / 1e3);
    }
}
