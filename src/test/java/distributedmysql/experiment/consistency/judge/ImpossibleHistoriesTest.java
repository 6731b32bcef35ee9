package distributedmysql.experiment.consistency.judge;

import static distributedmysql.experiment.consistency.judge.PlantedHistory.by;
import static distributedmysql.experiment.consistency.judge.PlantedHistory.isWrite;
import static distributedmysql.experiment.consistency.judge.PlantedHistory.on;
import static distributedmysql.experiment.consistency.judge.PlantedHistory.shifted;
import static distributedmysql.experiment.consistency.judge.PlantedHistory.with;
import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.check.Verdict;
import distributedmysql.history.Operation;
import distributedmysql.history.Outcome;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import distributedmysql.history.Write;
import java.util.Collections;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Good histories in which one thing has been changed so that it cannot have happened: it is INVALID and named, or the
 * record is found to be wrong in itself, or the change is harmless. What a file cannot even say, for instance an end
 * before the beginning, is in {@code DamagedHistoryTest}.
 */
class ImpossibleHistoriesTest {
    private static final String IMPOSSIBLE = "impossible reads";
    private static final String OVERLAP = "before what it did before had ended";

    /** @param evidence of the check that finds it */
    private record Mutation(
            String name, Verdict verdict, String check, String evidence, Consumer<PlantedHistory> planting) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Mutation invalid(String name, String check, String evidence, Consumer<PlantedHistory> planting) {
        return new Mutation(name, Verdict.INVALID, check, evidence, planting);
    }

    private static Mutation unknown(String name, String check, String evidence, Consumer<PlantedHistory> planting) {
        return new Mutation(name, Verdict.UNKNOWN, check, evidence, planting);
    }

    static Stream<Mutation> whatTheServersCannotHaveDone() {
        return Stream.of(
                invalid(
                        "a version that nobody wrote",
                        IMPOSSIBLE,
                        "(a future or thin-air read)",
                        h -> h.show(h.any(PlantedHistory::isSessionRead), 9_999)),
                invalid("a version after the last one", IMPOSSIBLE, "(a thin-air read)", h -> {
                    int read = h.last(PlantedHistory::isFinalRead);
                    Operation key = h.operations.get(read);
                    int write = h.last(one -> one instanceof Write
                            && one.call().key() == key.call().key());
                    h.show(read, h.write(write).version() + 1);
                }),
                invalid("a read before its write began", IMPOSSIBLE, "(a future ", h -> {
                    int write = h.any(isWrite(Outcome.OK));
                    h.show(
                            h.before(write, PlantedHistory::readsKeyOf),
                            h.write(write).version());
                }),
                invalid("an aborted version, seen afterwards", IMPOSSIBLE, "(an aborted read)", h -> {
                    int write = h.any(isWrite(Outcome.FAIL));
                    h.show(
                            h.after(write, PlantedHistory::readsKeyOf),
                            h.write(write).version());
                }),
                invalid(
                        "an aborted version, seen while its write was under way",
                        IMPOSSIBLE,
                        "(an aborted read)",
                        h -> {
                            int write = h.any(isWrite(Outcome.FAIL));
                            Read any = h.read(h.any(PlantedHistory::isSessionRead));
                            Read.Answer answer = new Read.Answer(h.write(write).version(), true);
                            h.operations.add(
                                    write,
                                    by(
                                            99,
                                            with(
                                                    with(any, answer),
                                                    h.write(write).call())));
                        }),
                invalid(
                        "a write that was seen and has failed",
                        IMPOSSIBLE,
                        "(an aborted read)",
                        h -> h.change(h.seenWrite(), one -> with((Write) one, HandWritten.FAILED))),
                invalid(
                        "a write that was seen and is dropped",
                        IMPOSSIBLE,
                        "(a thin-air read)",
                        h -> h.operations.remove(h.seenWrite())),
                invalid("the row of another key", IMPOSSIBLE, "(a future or thin-air read)", h -> {
                    int read = h.first(PlantedHistory::isSessionRead);
                    h.show(
                            read,
                            h.read(h.last(PlantedHistory::isFinalRead)).answer().version());
                }),
                invalid("time that goes back in a session", "monotonic reads", "sticky: process", h -> {
                    int read = h.any(one -> one instanceof Read of
                            && of.strategy() == Strategy.STICKY
                            && of.answer().version() > 9);
                    h.show(read, 1);
                }),
                invalid(
                        "an acknowledged write that a node lacks at the end",
                        "lost writes",
                        "was acknowledged, but node3 has no row",
                        h -> h.show(h.last(PlantedHistory::isFinalRead), 0)),
                invalid(
                        "reads of any replica as reads of the primary",
                        "monotonic reads",
                        "primary: process",
                        h -> h.operations.replaceAll(
                                one -> one instanceof Read read && read.strategy() == Strategy.REPLICA
                                        ? with(read, Strategy.PRIMARY)
                                        : one)),
                invalid(
                        "a damaged row",
                        "row checksums",
                        "1 corrupt",
                        h -> h.change(
                                h.any(one -> one instanceof Read read
                                        && read.answer().version() > 0),
                                one -> with((Read) one, new Read.Answer(1, false)))));
    }

    static Stream<Mutation> whatNoClientCanHaveRecorded() {
        return Stream.of(
                unknown("an acknowledgement twice", IMPOSSIBLE, "was written after version", h -> {
                    int write = h.any(isWrite(Outcome.OK));
                    h.operations.add(write, by(99, h.write(write)));
                }),
                unknown(
                        "a failed write that is dropped",
                        IMPOSSIBLE,
                        "was written after version",
                        h -> h.operations.remove(h.any(isWrite(Outcome.FAIL)))),
                unknown("two writes of one version", IMPOSSIBLE, "was written after version", h -> {
                    int write = h.any(isWrite(Outcome.OK));
                    h.operations.add(write, by(99, with(h.write(write), HandWritten.BROKEN)));
                }),
                unknown("two writers of a key at a time", IMPOSSIBLE, "before the write of version", h -> {
                    int write = h.any(isWrite(Outcome.OK));
                    h.change(write, one -> by(99, PlantedHistory.longer(50_000, one)));
                }),
                unknown("a read twice", IMPOSSIBLE, OVERLAP, h -> {
                    int read = h.any(PlantedHistory::isSessionRead);
                    h.operations.add(read, h.read(read));
                }),
                unknown("the operations of a session in another order", IMPOSSIBLE, OVERLAP, h -> {
                    int read = h.any(PlantedHistory::isSessionRead);
                    Collections.swap(h.operations, read, h.before(read, PlantedHistory::isOfSameSession));
                }),
                unknown("a read at another time", IMPOSSIBLE, OVERLAP, h -> {
                    int read = h.any(PlantedHistory::isSessionRead);
                    h.show(read, 1);
                    h.change(read, one -> shifted(-20_000, one));
                }),
                unknown("a final read before the end", IMPOSSIBLE, "a final read began at", h -> {
                    int read = h.last(PlantedHistory::isFinalRead);
                    h.show(read, 0);
                    h.change(read, one -> shifted(-20_000, one));
                }),
                unknown("a node that does not exist", IMPOSSIBLE, "unknown node node9", h -> {
                    int read = h.any(PlantedHistory::isSessionRead);
                    h.change(read, one -> on("node9", one));
                }),
                unknown("a final read of another node", "lost writes", "has no final read on node2", h -> {
                    int read = h.first(one ->
                            PlantedHistory.isFinalRead(one) && one.call().node().equals("node2"));
                    h.change(read, one -> on("node3", one));
                }),
                unknown(
                        "a final read that is dropped",
                        "lost writes",
                        "has no final read on node3",
                        h -> h.operations.remove(h.last(PlantedHistory::isFinalRead))),
                unknown(
                        "no reads of the primary",
                        "monotonic reads",
                        "primary: no samples",
                        h -> h.operations.replaceAll(
                                one -> one instanceof Read read && read.strategy() == Strategy.PRIMARY
                                        ? with(read, Strategy.REPLICA)
                                        : one)),
                unknown("a write after a read that was not possible", IMPOSSIBLE, "cannot have been there", h -> {
                    int write =
                            h.any(one -> one instanceof Write of && of.basis().version() > 0);
                    Write of = h.write(write);
                    Write.Basis basis = new Write.Basis(of.basis().key(), 9_999);
                    h.change(write, one -> new Write(of.call(), of.ending(), of.version(), "", basis));
                }));
    }

    /** The reason is part of the name. */
    static Stream<Mutation> whatIsHarmless() {
        return Stream.of(
                valid("two sessions in another order: it is not known which of them was recorded first", h -> {
                    int write = h.any(isWrite(Outcome.OK));
                    int next = h.after(write, (one, other) -> !PlantedHistory.isOfSameSession(one, other));
                    Collections.swap(h.operations, next - 1, next);
                }),
                valid(
                        "everything an hour later: only differences of times count",
                        h -> h.operations.replaceAll(one -> shifted(3_600_000_000L, one))),
                valid(
                        "a read that is dropped: less evidence",
                        h -> h.operations.remove(h.any(PlantedHistory::isSessionRead))),
                valid(
                        "an acknowledged write of unknown outcome: it demands less",
                        h -> h.change(h.any(isWrite(Outcome.OK)), one -> with((Write) one, HandWritten.BROKEN))),
                valid(
                        "a write of unknown outcome that failed and nobody saw: it was not there",
                        h -> h.change(
                                h.any(one -> isWrite(Outcome.UNKNOWN).test(one) && h.isNeverShown((Write) one)),
                                one -> with((Write) one, HandWritten.FAILED))));
    }

    private static Mutation valid(String name, Consumer<PlantedHistory> planting) {
        return new Mutation(name, Verdict.VALID, "", "", planting);
    }

    @ParameterizedTest
    @MethodSource({"whatTheServersCannotHaveDone", "whatNoClientCanHaveRecorded"})
    void isFound(Mutation mutation) {
        for (long seed = 1; seed <= 3; seed++) {
            PlantedHistory history = new PlantedHistory(seed);
            mutation.planting.accept(history);
            assertThat(history.verdicts().checks())
                    .filteredOn(check -> check.name().equals(mutation.check))
                    .singleElement()
                    .satisfies(check -> {
                        assertThat(check.verdict()).as("%s", check).isEqualTo(mutation.verdict);
                        assertThat(check.evidence()).contains(mutation.evidence);
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("whatIsHarmless")
    void isValid(Mutation mutation) {
        for (long seed = 1; seed <= 3; seed++) {
            PlantedHistory history = new PlantedHistory(seed);
            mutation.planting.accept(history);
            ConsistencyVerdicts verdicts = history.verdicts();
            assertThat(verdicts.areAllValid())
                    .as(verdicts.lines().collect(Collectors.joining("\n")))
                    .isTrue();
        }
    }
}
