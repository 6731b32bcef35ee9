package distributedmysql.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupStoreTest {
    @TempDir
    private Path directory;

    private ObjectStore objects;
    private BackupStore store;

    @BeforeEach
    void open() {
        objects = new LocalStore(directory.resolve("backups"));
        store = store(Optional.of(Samples.key(1)), Samples.CLOCK);
    }

    private BackupStore store(Optional<EncryptionKey> key, Clock clock) {
        return new BackupStore(objects, key, 1, clock);
    }

    /** Around the sizes of segments and buffers. */
    @ParameterizedTest
    @CsvSource({"0, true", "1, true", "131072, true", "1048576, true", "3145729, true", "0, false", "3145729, false"})
    void whatIsReadIsWhatWasWritten(int bytes, boolean encrypted) throws IOException {
        BackupStore with = store(encrypted ? Optional.of(Samples.key(1)) : Optional.empty(), Samples.CLOCK);
        Manifest made = Samples.make(with, Samples.full(), bytes, "a.tar", "b.tar");

        assertThat(with.list()).isEqualTo(new Listing(List.of(made), List.of(), List.of(), Map.of()));
        for (String name : List.of("a.tar", "b.tar")) {
            assertThat(with.open(made, name).readAllBytes())
                    .isEqualTo(Samples.noise(bytes, made.id().hashCode() + name.hashCode()));
        }
        with.verify(made);
        assertThat(made.contentBytes()).isEqualTo(2L * bytes);
        assertThat(made.bytes())
                .isEqualTo(
                        objects.list("").stream().mapToLong(StoredObject::bytes).sum()
                                - Samples.raw(objects, Names.of(made.id(), Names.MANIFEST)).length);
    }

    @Test
    void writtenByteByByteItIsTheSame() throws IOException {
        try (BackupWriter writer = store.begin(Samples.full())) {
            writer.object("a", out -> {
                for (int i = 0; i < 1000; i++) {
                    out.write(i);
                    out.flush();
                }
            });
            writer.finish(Samples.NOW, "");
        }
        byte[] read = store.open(store.list().usable().get(0), "a").readAllBytes();
        assertThat(read).hasSize(1000);
        assertThat(read[999]).isEqualTo((byte) 999);
    }

    @Test
    void whatCanBeCompressedIs() throws IOException {
        try (BackupWriter writer = store.begin(Samples.full())) {
            ManifestObject object = writer.object("zeros", out -> out.write(new byte[1 << 20]));
            assertThat(object.bytes()).isLessThan(2000);
        }
    }

    @Test
    void nothingOfTheContentIsStoredInTheClear() throws IOException {
        byte[] secret = "a player's mail address".repeat(3).getBytes(StandardCharsets.UTF_8);
        try (BackupWriter writer = store.begin(Samples.full())) {
            writer.object("a", out -> out.write(secret));
            writer.finish(Samples.NOW, "");
        }
        for (StoredObject object : objects.list("")) {
            assertThat(new String(Samples.raw(objects, object.name()), StandardCharsets.ISO_8859_1))
                    .doesNotContain("mail");
        }
    }

    @Test
    void anObjectWhoseContentFailsIsNotThereAndTheOthersAreRemovedToo() throws IOException {
        try (BackupWriter writer = store.begin(Samples.full())) {
            writer.object("a", out -> out.write(1));
            assertThatThrownBy(() -> writer.object("b", out -> {
                        out.write(new byte[4 << 20]);
                        throw new InterruptedException("the dump");
                    }))
                    .hasMessage("the dump");
            assertThat(objects.list("")).extracting(StoredObject::name).noneMatch(name -> name.endsWith("/b"));
        }
        assertThat(objects.list("")).isEmpty();
        assertThat(store.list()).isEqualTo(new Listing(List.of(), List.of(), List.of(), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invoices/2026.csv",
                "invoices/2026/january.csv",
                "20261130T120000-full/a",
                "20261130T120000-full-0123abcd.old/a",
                "notes.txt"
            })
    void whatIsNoBackupOfOursStays(String name) throws IOException {
        Samples.putRaw(objects, name, new byte[10]);
        Samples.putRaw(objects, "20261130T120000-full-0123abcd/a", new byte[10]);

        assertThat(store.removeUnfinished()).containsExactly("20261130T120000-full-0123abcd");

        try (InputStream there = objects.open(name)) {
            assertThat(there.readAllBytes()).hasSize(10);
        }
    }

    @Test
    void aBackupThatIsBeingWrittenIsNeitherUsableNorRemoved() throws IOException {
        try (BackupWriter writer = store.begin(Samples.full())) {
            writer.object("a", out -> out.write(1));

            assertThat(store.list().usable()).isEmpty();
            assertThat(store.list().unfinished())
                    .containsExactly(new Listing.Unfinished(writer.id(), true, Optional.of(Samples.NOW)));
            assertThat(store.removeUnfinished()).isEmpty();
            store.verify(writer.finish(Samples.NOW, ""));
        }
        assertThat(store.list().usable()).hasSize(1);
        assertThat(objects.list("")).extracting(StoredObject::name).noneMatch(name -> name.endsWith(Names.LEASE));
    }

    @Test
    void anObjectThatSomebodyRemovedMeanwhileIsNoticed() throws IOException {
        try (BackupWriter writer = store.begin(Samples.full())) {
            writer.object("a", out -> out.write(1));
            objects.delete(Names.of(writer.id(), "a"));

            assertThatThrownBy(() -> writer.finish(Samples.NOW, ""))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(objects.where(Names.of(writer.id(), "a"))
                            + ": was stored, and is not there any more as it was; the backup is not finished");
        }
        assertThat(store.list().usable()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../a", "a/b", ".a", "lease.json", "manifest.jsonl", "a b"})
    void namesThatAreNone(String name) throws IOException {
        try (BackupWriter writer = store.begin(Samples.full())) {
            assertThatThrownBy(() -> writer.object(name, out -> {})).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void noNameTwice() throws IOException {
        try (BackupWriter writer = store.begin(Samples.full())) {
            writer.object("a", out -> {});
            assertThatThrownBy(() -> writer.object("a", out -> {})).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @DisplayName("What was found when it was restored lies beside a backup, and is no part of it")
    void judged() throws IOException {
        Manifest made = Samples.make(store, Samples.full(), 10, "a");
        Instant at = Instant.parse("2026-03-04T05:06:07Z");
        store.judge(made, new Judgement(true, at, "all is there"));
        assertThat(store.list().foundWrong(made)).isEmpty();
        store.judge(made, new Judgement(false, at, "players: 1 missing"));

        assertThat(store.list().judgements()).containsOnlyKeys(made.id());
        assertThat(store.list().foundWrong(made)).hasValue("found wrong at 2026-03-04T05:06:07Z: players: 1 missing");
        store.verify(made);
        store.remove(List.of(made));
        assertThat(objects.list("")).isEmpty();
    }

    @Test
    void removesWhatRetentionSays() throws IOException {
        Manifest old = Samples.make(store, Samples.full(), 10, "a");
        Manifest onIt = Samples.make(store, Samples.after(old), 10, "b");
        Clock later = Clock.offset(Samples.CLOCK, Duration.ofDays(50));
        try (BackupWriter writer = store(Optional.of(Samples.key(1)), later).begin(Samples.full())) {
            writer.object("c", out -> {});
            writer.finish(later.instant(), "");
        }
        RetentionPlan plan = new Retention(Duration.ofDays(31), 1).plan(store.list(), later.instant());
        assertThat(plan.toRemove()).containsExactly(onIt, old);

        store.remove(plan.toRemove());

        assertThat(store.list().usable()).hasSize(1);
        assertThat(objects.list("")).hasSize(2);
    }

    @Test
    @DisplayName("A copy is byte for byte the same, is verified, and is made once")
    void copies() throws IOException {
        Manifest made = Samples.make(store, Samples.full(), 3_000_000, "a", "b");
        ObjectStore elsewhere = new LocalStore(directory.resolve("copies"));
        BackupStore copies = new BackupStore(elsewhere, Optional.of(Samples.key(1)), 1, Samples.CLOCK);

        store.copy(made, copies);
        store.copy(made, copies);

        assertThat(copies.list()).isEqualTo(store.list());
        copies.verify(made);
        assertThat(elsewhere.list("")).isEqualTo(objects.list(""));
    }

    @Test
    void ofADamagedBackupThereIsNoCopy() throws IOException {
        Manifest made = Samples.make(store, Samples.full(), 3_000, "a", "b");
        String damaged = Names.of(made.id(), "b");
        byte[] bytes = Samples.raw(objects, damaged);
        Samples.putRaw(objects, damaged, Arrays.copyOf(bytes, bytes.length - 5));
        ObjectStore elsewhere = new LocalStore(directory.resolve("copies"));

        assertThatThrownBy(() -> store.copy(made, new BackupStore(elsewhere, Optional.empty(), 1, Samples.CLOCK)))
                .isInstanceOf(DamagedBackupException.class)
                .hasMessageStartingWith(objects.where(damaged));
        assertThat(elsewhere.list("")).isEmpty();
    }
}
