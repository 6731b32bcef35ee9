package distributedmysql.comparison;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Something that is not equal on both sides.
 *
 * @param before its values in the old runs; several are separated by semicolons
 */
record Differs(
        String what, String before, @JsonProperty("now") String after) {
    /** What both sides have, and is not equal. */
    static List<Differs> between(
            List<ComparedRun> before, List<ComparedRun> after, Function<ComparedRun, Map<String, String>> of) {
        Set<String> names = new LinkedHashSet<>();
        before.forEach(run -> names.addAll(of.apply(run).keySet()));
        List<Differs> found = new ArrayList<>();
        for (String name : names) {
            Set<String> old = values(before, of, name);
            Set<String> now = values(after, of, name);
            if (!now.isEmpty() && !old.equals(now)) {
                found.add(new Differs(name, String.join("; ", old), String.join("; ", now)));
            }
        }
        return found;
    }

    private static Set<String> values(
            List<ComparedRun> runs, Function<ComparedRun, Map<String, String>> of, String name) {
        return runs.stream()
                .map(of)
                .filter(values -> values.containsKey(name))
                .map(values -> values.get(name))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    String text() {
        return what + ": " + shown(before) + " before, " + shown(after) + " now";
    }

    private static String shown(String value) {
        return value.isEmpty() ? "none" : value;
    }
}
