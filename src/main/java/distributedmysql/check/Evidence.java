package distributedmysql.check;

import distributedmysql.config.Plural;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /**
     * One result of several of the same kind: INVALID if one is, otherwise UNKNOWN if one is, with the evidence of all, as {@link
     * #placed}.
     *
     * @param label what each is of, counted from 0
     */
    public static CheckResult together(String name, List<CheckResult> all, IntFunction<String> label) {
        Set<Verdict> verdicts = all.stream().map(CheckResult::verdict).collect(Collectors.toSet());
        Verdict worst = Stream.of(Verdict.INVALID, Verdict.UNKNOWN)
                .filter(verdicts::contains)
                .findFirst()
                .orElse(Verdict.VALID);
        return new CheckResult(
                name,
                worst,
                placed(
                        IntStream.range(0, all.size()).mapToObj(label).toList(),
                        all.stream().map(CheckResult::evidence).toList()));
    }

    /**
     * Each text once, after the places that it is of, in their order: {@code a and b: text; c: another one}.
     *
     * @param places as many as texts
     */
    public static String placed(List<String> places, List<String> texts) {
        Map<String, String> placesOf = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            placesOf.merge(texts.get(i), places.get(i), (first, next) -> first + " and " + next);
        }
        return placesOf.entrySet().stream()
                .map(each -> each.getValue() + ": " + each.getKey())
                .collect(Collectors.joining("; "));
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
