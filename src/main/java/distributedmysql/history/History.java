package distributedmysql.history;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What was recorded, in the order of recording. The operations of one session, and the writes of one key, are in the
 * order in which they were made; others may be in either order. Can be replayed any number of times.
 */
public interface History {
    /** What was written down before the first operation. */
    Header header();

    /**
     * Hands over every operation, one after the other, in bounded memory.
     *
     * @return why the history is not complete, if it is not: what was handed over is then a prefix of what happened
     * @throws HistoryException if the history is damaged and was not opened for that, or cannot be read at all
     */
    Optional<String> replay(Consumer<? super Operation> consumer);

    /** A complete history in memory. */
    static History of(Header header, List<? extends Operation> operations) {
        List<Operation> copy = List.copyOf(operations);
        return new History() {
            @Override
            public Header header() {
                return header;
            }

            @Override
            public Optional<String> replay(Consumer<? super Operation> consumer) {
                copy.forEach(consumer);
                return Optional.empty();
            }
        };
    }

    /**
     * A saved history. Damage, also a missing end, is met when it is replayed.
     *
     * @throws HistoryException if the file cannot be read or does not begin as a history
     */
    static History read(Path file) {
        return new SavedHistory(file, false);
    }

    /**
     * A saved history of which only the part before the damage is replayed, if there is damage: for a run that was
     * interrupted, or that could not write to the end.
     *
     * @throws HistoryException if the file cannot be read or does not begin as a history
     */
    static History readUntilDamage(Path file) {
        return new SavedHistory(file, true);
    }
}
