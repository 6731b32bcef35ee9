package distributedmysql.experiment.sharding.search;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Meaning;
import distributedmysql.config.Plural;
import distributedmysql.shard.ShardMap;
import distributedmysql.topology.Shards;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether searches of all shards were answered as the rows were loaded. Pure. */
final class SearchCheck {
    static final String NAME = "scatter-gather answers";
    static final Meaning MEANING = new Meaning(
            "A search of all shards missed a row, had one twice or changed, or a row came from a shard that it does not belong to.",
            "No search found anything.",
            "Look for the row that the evidence names on every shard; a resharding that was broken off leaves such rows.");

    private SearchCheck() {}

    /**
     * @param limit the most rows of one shard
     * @param answers how often each came
     */
    static CheckResult check(GuildData data, ShardMap map, int limit, Map<Answer, Long> answers) {
        Map<String, Long> wrong = new TreeMap<>();
        answers.forEach((answer, times) -> new JudgedAnswer(data, map, limit, answer)
                .findings()
                .forEach(finding -> wrong.merge(finding, times, Long::sum)));
        String figures = figures(answers);
        if (!wrong.isEmpty()) {
            return CheckResult.invalid(
                    NAME,
                    Findings.of(wrong.entrySet().stream()
                                    .map(finding ->
                                            finding.getKey() + " (in " + Plural.of(finding.getValue(), "answer") + ")")
                                    .toList())
                            + "; " + figures);
        }
        return rows(answers) == 0 ? CheckResult.unknown(NAME, figures) : CheckResult.valid(NAME, figures);
    }

    private static String figures(Map<Answer, Long> answers) {
        Map<String, Long> missing = new TreeMap<>();
        answers.forEach((answer, times) ->
                answer.missing().forEach(shard -> missing.merge(Shards.name(shard), times, Long::sum)));
        long names = answers.keySet().stream().map(Answer::part).distinct().count();
        return Plural.of(sum(answers), "answer") + " to " + Plural.of(names, "question") + " had "
                + Plural.of(rows(answers), "row")
                + missing.entrySet().stream()
                        .map(shard -> "; " + shard.getValue() + " without " + shard.getKey() + ", as they say")
                        .collect(Collectors.joining());
    }

    private static long sum(Map<Answer, Long> answers) {
        return answers.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long rows(Map<Answer, Long> answers) {
        return answers.entrySet().stream()
                .mapToLong(answer -> answer.getKey().size() * answer.getValue())
                .sum();
    }
}
