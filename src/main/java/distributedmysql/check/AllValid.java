package distributedmysql.check;

import java.util.ArrayList;
import java.util.List;

/** Whether all checks of a run are VALID, in the words of the one line that Gatling prints of it. */
public final class AllValid {
    private AllValid() {}

    /**
     * @param name of this one
     * @param notMade the names of checks that should have been made
     * @return names what is not VALID; INVALID if one of them is
     */
    public static CheckResult of(String name, List<CheckResult> results, List<String> notMade) {
        List<String> invalid = names(results, Verdict.INVALID);
        List<String> unknown = names(results, Verdict.UNKNOWN);
        List<String> others = new ArrayList<>();
        if (!unknown.isEmpty()) {
            others.add((invalid.isEmpty() ? "" : Verdict.UNKNOWN + ": ") + String.join(", ", unknown));
        }
        if (!notMade.isEmpty()) {
            others.add("not made: " + String.join(", ", notMade));
        }
        if (!invalid.isEmpty()) {
            others.add(0, String.join(", ", invalid));
            return CheckResult.invalid(name, String.join("; ", others));
        }
        return others.isEmpty()
                ? CheckResult.valid(name, "all of " + results.size())
                : CheckResult.unknown(name, String.join("; ", others));
    }

    private static List<String> names(List<CheckResult> results, Verdict verdict) {
        return results.stream()
                .filter(result -> result.verdict() == verdict)
                .map(CheckResult::name)
                .toList();
    }
}
