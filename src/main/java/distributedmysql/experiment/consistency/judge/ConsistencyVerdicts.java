package distributedmysql.experiment.consistency.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Doubt;
import distributedmysql.check.Meaning;
import distributedmysql.check.Verdict;
import distributedmysql.history.Header;
import distributedmysql.history.History;
import distributedmysql.history.Probe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that the checkers make of one history: what the run reports, and what a later check of the saved history gives
 * again, word for word. A part whose probes were not planned is empty, or null.
 *
 * @param checks one for each checker, always in the same order
 */
public record ConsistencyVerdicts(
        List<ReadAfterWrite.Cell> readAfterWrite,
        List<Visibility.Replica> visibilityMicros,
        List<SessionGuarantee> sessionGuarantees,
        LostWrites.Counts lostWrites,
        RowChecksums.Counts rowChecksums,
        List<CheckResult> checks) {

    /**
     * Replays the history once. In a history that is not complete nothing is VALID; what is INVALID stays so where
     * a prefix proves it, as one stale read does.
     */
    public static ConsistencyVerdicts of(History history) {
        Header header = history.header();
        Optional<ReadAfterWrite> readAfterWrite =
                planned(header, Probe.DELAYED_READ).map(ReadAfterWrite::new);
        Optional<Visibility> visibility = planned(header, Probe.POLL).map(Visibility::new);
        List<SessionTally> sessions = planned(header, Probe.SESSION)
                .map(Header::plan)
                .map(plan -> List.of(
                        new ReadYourWrites(plan),
                        new MonotonicReads(plan),
                        new MonotonicWrites(plan),
                        new WritesFollowReads(plan)))
                .orElse(List.of());
        Optional<LostWrites> lostWrites = planned(header, Probe.FINAL_READ).map(LostWrites::new);
        RowChecksums rowChecksums = new RowChecksums();

        List<Checker> checkers = new ArrayList<>();
        readAfterWrite.ifPresent(checkers::add);
        visibility.ifPresent(checkers::add);
        checkers.addAll(sessions);
        lostWrites.ifPresent(checkers::add);
        checkers.add(new ImpossibleReads(header));
        checkers.add(rowChecksums);
        Optional<String> incomplete =
                history.replay(operation -> checkers.forEach(checker -> checker.accept(operation)));
        return new ConsistencyVerdicts(
                readAfterWrite.map(ReadAfterWrite::cells).orElse(List.of()),
                visibility.map(Visibility::replicas).orElse(List.of()),
                sessions.stream().flatMap(tally -> tally.guarantees().stream()).toList(),
                lostWrites.map(LostWrites::counts).orElse(null),
                rowChecksums.counts(),
                checkers.stream()
                        .map(checker -> doubt(checker, incomplete).meaning(checker.meaning()))
                        .toList());
    }

    /** The names and meanings of the checks of a history in which every kind of probe was planned, in their order. */
    public static Map<String, Meaning> meanings() {
        Map<String, Meaning> meanings = new LinkedHashMap<>();
        meanings.put(ReadAfterWrite.NAME, ReadAfterWrite.MEANING);
        meanings.put(Visibility.NAME, Visibility.MEANING);
        for (Guarantee guarantee : Guarantee.values()) {
            meanings.put(guarantee.label(), Guarantee.MEANING);
        }
        meanings.put(LostWrites.NAME, LostWrites.MEANING);
        meanings.put(ImpossibleReads.NAME, ImpossibleReads.MEANING);
        meanings.put(RowChecksums.NAME, RowChecksums.MEANING);
        return meanings;
    }

    public static List<String> names() {
        return List.copyOf(meanings().keySet());
    }

    private static Optional<Header> planned(Header header, Probe probe) {
        return Optional.of(header).filter(any -> any.plan().probes().contains(probe));
    }

    private static CheckResult doubt(Checker checker, Optional<String> incomplete) {
        CheckResult result = checker.result();
        boolean proven = result.verdict() == Verdict.INVALID && !checker.isOpenToTheEnd();
        if (incomplete.isEmpty() || proven) {
            return result;
        }
        return CheckResult.unknown(
                result.name(),
                Doubt.INCOMPLETE_HISTORY,
                "the history is incomplete (" + incomplete.get() + "); " + result.evidence());
    }

    /** Whether every check is VALID. */
    public boolean areAllValid() {
        return checks.stream().allMatch(check -> check.verdict() == Verdict.VALID);
    }

    /** One line for each check. */
    public Stream<String> lines() {
        return checks.stream()
                .map(check ->
                        String.format(Locale.ROOT, "%-7s  %s: %s", check.verdict(), check.name(), check.evidence()));
    }

    /** All of it as indented JSON, the components in their order. */
    public String json() {
        try {
            return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("verdicts that are not JSON", e);
        }
    }
}
