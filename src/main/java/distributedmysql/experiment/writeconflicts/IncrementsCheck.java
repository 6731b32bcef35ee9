package distributedmysql.experiment.writeconflicts;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Evidence;
import distributedmysql.check.Meaning;
import distributedmysql.config.Plural;
import distributedmysql.experiment.writeconflicts.Increments.Told;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether all acknowledged increments, and no others, are on every member. */
final class IncrementsCheck {
    static final String NAME = "increments on every member";

    static final Meaning MEANING = new Meaning(
            "A counter lacks an increment that was acknowledged, has one that was rolled back, or is not the same everywhere.",
            "Too little was acknowledged, or the counters of a member could not be read.",
            "Look at writeConflicts in the JSON summary, and at the error logs of the members that the evidence names.");

    private IncrementsCheck() {}

    /**
     * INVALID names the first counter that is wrong, its member, and the numbers; UNKNOWN if in one of the turns nothing was
     * acknowledged.
     *
     * @param turns numbers of counters that were played
     * @param told what clients know of each counter
     * @param rolledBack increments of which clients were told that they are not applied
     * @param values of all counters in the end, by member
     */
    static CheckResult check(
            List<Integer> turns,
            Map<Counter, Told> told,
            long rolledBack,
            Map<String, ? extends Map<Counter, Long>> values) {
        long acknowledged = told.values().stream().mapToLong(Told::acknowledged).sum();
        long unknown = told.values().stream().mapToLong(Told::unknown).sum();
        return Evidence.judge(
                NAME,
                wrong(told, values).or(() -> different(values)).orElse(""),
                silent(turns, told).orElse(""),
                Evidence.count(acknowledged, "acknowledged increment") + " of "
                        + Plural.of(turns.stream().mapToInt(Integer::intValue).sum(), "counter") + ", "
                        + rolledBack + " rolled back, " + unknown + " with an unknown end; read on "
                        + Plural.of(values.size(), "member"));
    }

    private static Optional<String> wrong(Map<Counter, Told> told, Map<String, ? extends Map<Counter, Long>> values) {
        return values.entrySet().stream()
                .flatMap(member -> member.getValue().entrySet().stream()
                        .map(value -> wrong(
                                member.getKey(),
                                value.getKey(),
                                told.getOrDefault(value.getKey(), Told.NONE),
                                value.getValue())))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> absent(told, values));
    }

    private static Optional<String> wrong(String member, Counter counter, Told told, long value) {
        String is = member + ": " + counter + " is " + value + ", after "
                + Evidence.count(told.acknowledged(), "acknowledged increment") + " and " + told.unknown()
                + " with an unknown end: ";
        if (value < told.acknowledged()) {
            return Optional.of(is + (told.acknowledged() - value) + " lost");
        }
        long most = told.acknowledged() + told.unknown();
        return value > most ? Optional.of(is + (value - most) + " too many") : Optional.empty();
    }

    private static Optional<String> absent(Map<Counter, Told> told, Map<String, ? extends Map<Counter, Long>> values) {
        return values.entrySet().stream()
                .flatMap(member -> told.keySet().stream()
                        .filter(counter -> !member.getValue().containsKey(counter))
                        .map(counter -> member.getKey() + ": " + counter + " is not there"))
                .findFirst();
    }

    private static Optional<String> different(Map<String, ? extends Map<Counter, Long>> values) {
        Optional<? extends Map.Entry<String, ? extends Map<Counter, Long>>> first =
                values.entrySet().stream().findFirst();
        return first.flatMap(one -> values.entrySet().stream()
                .flatMap(other -> one.getValue().entrySet().stream()
                        .filter(value ->
                                !value.getValue().equals(other.getValue().get(value.getKey())))
                        .map(value -> value.getKey() + " is " + value.getValue() + " on " + one.getKey() + ", and "
                                + other.getValue().get(value.getKey()) + " on " + other.getKey()))
                .findFirst());
    }

    private static Optional<String> silent(List<Integer> turns, Map<Counter, Told> told) {
        return turns.stream()
                .filter(keys -> told.entrySet().stream()
                        .noneMatch(of ->
                                of.getKey().keys() == keys && of.getValue().acknowledged() > 0))
                .map(keys -> "of " + Plural.of(keys, "counter") + " no increment was acknowledged")
                .findFirst();
    }
}
