package distributedmysql.experiment.backup.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import distributedmysql.backup.store.BackupStore;
import distributedmysql.config.Plural;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lists what each store holds. */
record Contents(Opened opened) {
    private static final List<String> HEAD =
            List.of("backup", "kind", "made by", "position", "of", "GTIDs", "stored", "content", "key", "follows");

    /**
     * One store.
     *
     * @param where a directory or a bucket
     */
    record Store(String where, List<ListedBackup> backups) {}

    int show(boolean json) throws IOException {
        List<Store> stores = new ArrayList<>();
        for (BackupStore store : opened.all()) {
            stores.add(new Store(store.where(), ListedBackup.all(store.list())));
        }
        if (json) {
            opened.console().say(json(stores));
        } else {
            stores.forEach(store -> lines(store).forEach(opened.console()::say));
        }
        return stores.stream().flatMap(store -> store.backups().stream()).anyMatch(ListedBackup::isWrong)
                ? BackupCommand.NOT_AS_IT_SHOULD_BE
                : BackupCommand.FINE;
    }

    static List<String> lines(Store store) {
        List<String> lines = new ArrayList<>();
        Map<String, Long> counts =
                store.backups().stream().collect(Collectors.groupingBy(ListedBackup::state, Collectors.counting()));
        lines.add(store.where() + ": " + Plural.of(store.backups().size(), "backup")
                + (counts.isEmpty() ? "" : "; " + counted(counts)));
        if (store.backups().isEmpty()) {
            return lines;
        }
        List<String> rows = Shown.table(
                HEAD, store.backups().stream().map(ListedBackup::cells).toList());
        lines.add(rows.get(0));
        for (int i = 0; i < store.backups().size(); i++) {
            ListedBackup backup = store.backups().get(i);
            lines.add(rows.get(i + 1));
            if (!backup.state().equals(ListedBackup.USABLE)) {
                lines.add("    " + backup.line());
            }
        }
        return lines;
    }

    private static String counted(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
    }

    static String json(List<Store> stores) {
        try {
            return JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .build()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(Map.of("stores", stores));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list that is not JSON", e);
        }
    }
}
