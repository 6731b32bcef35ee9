package distributedmysql.experiment.backup;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.backup.store.BackupStore;
import distributedmysql.backup.store.BackupStores;
import distributedmysql.backup.store.EarlierBackups;
import distributedmysql.backup.store.Manifest;
import distributedmysql.backup.store.Retention;
import distributedmysql.backup.store.StoreSettings;
import distributedmysql.history.Event;
import distributedmysql.history.EventLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName(
        "What is in a store before a run is said, and what retention does not keep is removed only if the rest is proven")
class StoreKeepingTest {
    private static final Instant NOW = Instant.parse("2026-03-31T12:00:00Z");
    private static final Instant OLD = NOW.minus(Duration.ofDays(20));

    @TempDir
    private Path directory;

    private final EventLog events = new EventLog();
    private EarlierBackups earlier;
    private BackupStores stores;
    private StoreKeeping keeping;

    @BeforeEach
    void open() {
        Retention retention = new Retention(Duration.ofDays(10), 2);
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        earlier = EarlierBackups.in(directory);
        stores = BackupStores.open(
                new StoreSettings(Optional.of(directory), Optional.empty(), Optional.empty(), 1, retention),
                Map.of(),
                clock);
        keeping = new StoreKeeping(stores.first(), retention, clock, events);
    }

    @AfterEach
    void close() {
        stores.close();
        earlier.close();
    }

    private List<String> said(Event.Kind kind) {
        return events.soFar().stream()
                .filter(event -> event.kind() == kind)
                .map(Event::text)
                .toList();
    }

    /** This run's. */
    private Manifest made() throws IOException {
        String id = earlier.full(NOW);
        return stores.first().list().find(id).orElseThrow();
    }

    @Test
    @DisplayName("One line for each kind that cannot be used, with three names at most")
    void kinds() throws IOException {
        for (int i = 0; i < 4; i++) {
            earlier.ofAnotherKey(OLD.plusSeconds(i));
        }
        String damaged = earlier.withDamagedManifest(OLD);
        String unfinished = earlier.unfinished(OLD);
        earlier.full(OLD);

        keeping.begin();

        List<String> otherKey = keeping.figures().otherKey();
        assertThat(otherKey).hasSize(4);
        assertThat(said(Event.Kind.WARNING))
                .containsExactly(
                        "4 backups in " + directory
                                + " cannot be read with this run's key, which retention leaves there: "
                                + String.join(", ", otherKey.subList(0, 3)) + ", and 1 more",
                        "1 backup in " + directory
                                + " cannot be used because of a damaged manifest, which retention leaves there: "
                                + damaged);
        assertThat(said(Event.Kind.STEP))
                .containsExactly("backup " + unfinished + " removed: an earlier run had not finished it");
        assertThat(keeping.figures().earlier()).isEqualTo(1);
        assertThat(keeping.figures().damaged()).containsExactly(damaged);
        assertThat(keeping.figures().unfinishedRemoved()).containsExactly(unfinished);
        assertThat(keeping.figures().line())
                .isEqualTo("  in " + directory + ": 1 backup of earlier runs, of which 0 read again; 4 of another key;"
                        + " 1 with a damaged manifest; 1 unfinished, and removed");
    }

    @Test
    @DisplayName("What another run is writing is left alone, and named")
    void beingWritten() throws IOException {
        BackupStore store = stores.first();
        try (var writer = store.begin(made().origin())) {
            keeping.begin();
            assertThat(keeping.figures().beingWritten()).containsExactly(writer.id());
        }
        assertThat(said(Event.Kind.WARNING))
                .singleElement()
                .asString()
                .startsWith("1 backup in " + directory
                        + " left alone, because another run is writing there, or was lately: ");
    }

    @Test
    @DisplayName("The oldest goes once the earlier one that the rule counts on is read again and whole")
    void removed() throws IOException {
        String oldest = earlier.full(OLD);
        String counted = earlier.full(OLD.plusSeconds(1));
        Manifest made = made();

        keeping.retain(List.of(made), any -> true, Optional.empty());

        assertThat(earlier.ids()).containsExactlyInAnyOrder(counted, made.id());
        assertThat(keeping.figures().readAgain()).containsExactly(counted);
        assertThat(keeping.figures().removed()).singleElement().asString().startsWith(oldest + ": older than 240h");
        assertThat(keeping.figures().notRemoved()).isNull();
    }

    @Test
    @DisplayName(
            "Nothing is removed: a backup of this run is not whole there, or doubtful, or an earlier one is damaged")
    void notRemoved() throws IOException {
        earlier.full(OLD);
        Manifest made = made();
        keeping.retain(List.of(made), any -> false, Optional.empty());
        assertThat(keeping.figures().notRemoved())
                .as("there is nothing to remove")
                .isNull();

        earlier.full(OLD.minusSeconds(1));
        keeping.retain(List.of(made), any -> false, Optional.empty());
        assertThat(keeping.figures().notRemoved()).endsWith("backup " + made.id() + " is not proven to be there");

        keeping.retain(List.of(made), any -> true, Optional.of("restored ledger: a write is lost"));
        assertThat(keeping.figures().notRemoved()).endsWith(": restored ledger: a write is lost");

        String damaged = earlier.damagedFull(OLD.plusSeconds(1));
        keeping.retain(List.of(made), any -> true, Optional.empty());
        assertThat(keeping.figures().notRemoved())
                .contains("backup " + damaged + " of an earlier run: ")
                .contains("SHA-256");
        assertThat(earlier.ids()).hasSize(4);
        assertThat(said(Event.Kind.WARNING))
                .hasSize(3)
                .allMatch(text -> text.startsWith("in " + directory + ", no older"));
    }
}
