package distributedmysql.experiment.consistency.judge;

import distributedmysql.history.Completion;
import distributedmysql.history.Header;
import distributedmysql.history.History;
import distributedmysql.history.Invocation;
import distributedmysql.history.Operation;
import distributedmysql.history.Outcome;
import distributedmysql.history.Probe;
import distributedmysql.history.Read;
import distributedmysql.history.Strategy;
import distributedmysql.history.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A good history of a {@link ModelCluster}, in which a test plants what cannot have happened. */
final class PlantedHistory {
    private final Header header;
    private final Random random;
    final List<Operation> operations = new ArrayList<>();

    PlantedHistory(long seed) {
        History good = new ModelCluster(ModelCluster.Fault.NONE, seed).run();
        this.header = good.header();
        this.random = new Random(seed);
        good.replay(operations::add);
    }

    ConsistencyVerdicts verdicts() {
        return ConsistencyVerdicts.of(History.of(header, operations));
    }

    static boolean isSessionRead(Operation operation) {
        return operation instanceof Read read && read.call().probe() == Probe.SESSION;
    }

    static boolean isFinalRead(Operation operation) {
        return operation.call().probe() == Probe.FINAL_READ;
    }

    static Predicate<Operation> isWrite(Outcome outcome) {
        return operation -> operation instanceof Write write && write.ending().outcome() == outcome;
    }

    /** Places of operations: one at random, well in the middle; the first; the last; the nearest to another. */
    int any(Predicate<Operation> wanted) {
        int[] places = places(wanted)
                .filter(place -> place > operations.size() / 4 && place < operations.size() / 2)
                .toArray();
        return places[random.nextInt(places.length)];
    }

    int first(Predicate<Operation> wanted) {
        return places(wanted).findFirst().orElseThrow();
    }

    int last(Predicate<Operation> wanted) {
        return places(wanted).max().orElseThrow();
    }

    int before(int other, BiPredicate<Operation, Operation> wanted) {
        Operation there = operations.get(other);
        return places(one -> wanted.test(one, there))
                .filter(place -> place < other)
                .max()
                .orElseThrow();
    }

    int after(int other, BiPredicate<Operation, Operation> wanted) {
        Operation there = operations.get(other);
        return places(one -> wanted.test(one, there))
                .filter(place -> place > other)
                .findFirst()
                .orElseThrow();
    }

    private IntStream places(Predicate<Operation> wanted) {
        return IntStream.range(0, operations.size()).filter(place -> wanted.test(operations.get(place)));
    }

    static boolean readsKeyOf(Operation one, Operation other) {
        return isSessionRead(one) && one.call().key() == other.call().key();
    }

    static boolean isOfSameSession(Operation one, Operation other) {
        return one.call().probe() == Probe.SESSION
                && one.call().process() == other.call().process();
    }

    /** A write that was read before the next one began: reads of the primary show the newest. */
    int seenWrite() {
        Read seen = read(any(one -> one instanceof Read read
                && read.strategy() == Strategy.PRIMARY
                && read.answer().version() > 0));
        return first(one -> one instanceof Write write
                && write.call().key() == seen.call().key()
                && write.version() == seen.answer().version());
    }

    boolean isNeverShown(Write write) {
        return operations.stream()
                .noneMatch(one -> one instanceof Read read
                        && read.call().key() == write.call().key()
                        && read.answer().version() == write.version());
    }

    Read read(int place) {
        return (Read) operations.get(place);
    }

    Write write(int place) {
        return (Write) operations.get(place);
    }

    void change(int place, UnaryOperator<Operation> change) {
        operations.set(place, change.apply(operations.get(place)));
    }

    void show(int place, long version) {
        change(place, one -> with((Read) one, new Read.Answer(version, true)));
    }

    static Read with(Read read, Read.Answer answer) {
        return new Read(read.call(), read.ending(), read.strategy(), read.after(), answer, read.gtidWait());
    }

    static Read with(Read read, Strategy strategy) {
        return new Read(read.call(), read.ending(), strategy, read.after(), read.answer(), read.gtidWait());
    }

    static Write with(Write write, Completion ending) {
        return new Write(write.call(), ending, write.version(), "", write.basis());
    }

    static Operation with(Operation operation, Invocation call) {
        return operation instanceof Read read
                ? new Read(call, read.ending(), read.strategy(), read.after(), read.answer(), read.gtidWait())
                : with(call, (Write) operation);
    }

    private static Write with(Invocation call, Write write) {
        return new Write(call, write.ending(), write.version(), write.gtid(), write.basis());
    }

    static Operation on(String node, Operation operation) {
        Invocation was = operation.call();
        return with(operation, call(was.process(), node, was, was.invokeMicros(), was.completeMicros()));
    }

    static Operation by(long process, Operation operation) {
        Invocation was = operation.call();
        return with(operation, call(process, was.node(), was, was.invokeMicros(), was.completeMicros()));
    }

    static Operation shifted(long micros, Operation operation) {
        Invocation was = operation.call();
        return with(
                operation,
                call(was.process(), was.node(), was, was.invokeMicros() + micros, was.completeMicros() + micros));
    }

    static Operation longer(long micros, Operation operation) {
        Invocation was = operation.call();
        return with(operation, call(was.process(), was.node(), was, was.invokeMicros(), was.completeMicros() + micros));
    }

    private static Invocation call(long process, String node, Invocation was, long invokeMicros, long completeMicros) {
        return new Invocation(process, was.probe(), was.key(), node, invokeMicros, completeMicros);
    }
}
