package distributedmysql.history;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A history in a file; opens it anew for each replay. */
final class SavedHistory implements History {
    private final Path file;
    private final boolean untilDamage;
    private final Header header;

    SavedHistory(Path file, boolean untilDamage) {
        this.file = file;
        this.untilDamage = untilDamage;
        try (HistoryReader reader = new HistoryReader(file)) {
            this.header = reader.header();
        } catch (DamageException e) {
            throw e.in(file);
        }
    }

    @Override
    public Header header() {
        return header;
    }

    @Override
    public Optional<String> replay(Consumer<? super Operation> consumer) {
        try (HistoryReader reader = new HistoryReader(file)) {
            for (List<Operation> block = reader.nextBlock(); !block.isEmpty(); block = reader.nextBlock()) {
                block.forEach(consumer);
            }
            return Optional.empty();
        } catch (DamageException e) {
            if (!untilDamage) {
                throw e.in(file);
            }
            return Optional.of(e.getMessage());
        }
    }
}
