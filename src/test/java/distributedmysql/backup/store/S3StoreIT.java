package distributedmysql.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

@DisplayName(
        "Backups in a bucket: uploads in parts are whole or nothing, and damage is named; of every kind in DamagedS3BackupsIT")
class S3StoreIT {
    private static S3Bucket bucket;
    private static Scene made;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        bucket = S3Bucket.start(directory);
        made = new Scene(empty(), Optional.of(Samples.key(7)), DamagedBackups.SMALL);
    }

    @AfterAll
    static void end() {
        if (bucket != null) {
            bucket.close();
        }
    }

    private static ObjectStore empty() {
        return bucket.empty();
    }

    private static List<MultipartUpload> unfinishedUploads(ObjectStore store) {
        String prefix = store.where("").substring(("s3://" + S3Bucket.NAME + "/").length());
        try (S3Client client = S3Client.builder()
                .endpointOverride(bucket.endpoint())
                .region(software.amazon.awssdk.regions.Region.US_EAST_1)
                .forcePathStyle(true)
                .httpClientBuilder(software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient.builder())
                .build()) {
            return client.listMultipartUploads(
                            list -> list.bucket(S3Bucket.NAME).prefix(prefix))
                    .uploads();
        }
    }

    @Test
    void anObjectOfSeveralPartsIsWhatWasWritten() throws IOException {
        ObjectStore store = empty();
        byte[] bytes = Samples.noise(2 * S3Settings.LEAST_PART_BYTES + 17, 3);

        Samples.putRaw(store, "b/a", bytes);

        assertThat(Samples.raw(store, "b/a")).isEqualTo(bytes);
        assertThat(store.list("")).containsExactly(new StoredObject("b/a", bytes.length));
        assertThat(unfinishedUploads(store)).isEmpty();
    }

    @Test
    void partsThatFillExactlyAndAnEmptyObject() throws IOException {
        ObjectStore store = empty();
        for (int size : List.of(0, S3Settings.LEAST_PART_BYTES, 2 * S3Settings.LEAST_PART_BYTES)) {
            Samples.putRaw(store, "b/a", new byte[size]);
            assertThat(store.list("b/")).containsExactly(new StoredObject("b/a", size));
        }
    }

    @Test
    void anUploadThatIsGivenUpLeavesNoParts() throws IOException {
        ObjectStore store = empty();
        try (Upload upload = store.create("b/a")) {
            upload.write(new byte[2 * S3Settings.LEAST_PART_BYTES]);
            assertThat(unfinishedUploads(store)).hasSize(1);
        }
        assertThat(unfinishedUploads(store)).isEmpty();
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void whatAKilledRunLeftIsRemovedWithItsParts() throws IOException {
        ObjectStore store = empty();
        String killed = "20261130T120000-full-0123abcd";
        Samples.putRaw(store, killed + "/a", new byte[10]);
        store.create(killed + "/b").write(new byte[2 * S3Settings.LEAST_PART_BYTES]);

        BackupStore backups = new BackupStore(store, Optional.empty(), 1, Samples.CLOCK);
        assertThat(backups.removeUnfinished()).containsExactly(killed);

        assertThat(store.list("")).isEmpty();
        assertThat(unfinishedUploads(store)).isEmpty();
    }

    @Test
    void aCopyOfALocalBackup(@TempDir Path directory) throws IOException {
        BackupStore local = new BackupStore(new LocalStore(directory), Optional.of(Samples.key(1)), 1, Samples.CLOCK);
        Manifest made = Samples.make(local, Samples.full(), 12_000_000, "a", "b");
        BackupStore copies = new BackupStore(empty(), Optional.of(Samples.key(1)), 1, Samples.CLOCK);

        local.copy(made, copies);

        assertThat(copies.list().usable()).containsExactly(made);
        copies.verify(made);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "SOME_BIT",
                "CHUNK_CUT_OUT",
                "SEGMENT_MISSING",
                "INCREMENTAL_MISSING",
                "UNFINISHED_UPLOAD",
                "ANOTHER_KEY"
            })
    void damageIsFound(Damage damage) throws IOException {
        Scene scene = made.in(bucket.copy(made.objects));
        scene.verifyChain(scene.key);

        DamagedBackups.assertFound(scene, damage.in(scene));
    }

    @Test
    void itIsProbedWithoutATrace(@TempDir Path directory) throws IOException {
        S3Settings place = bucket.settings(S3Bucket.NAME, "probed/");
        Retention any = new Retention(Duration.ZERO, 1);

        assertThat(BackupStores.require(
                        new StoreSettings(Optional.empty(), Optional.of(place), Optional.empty(), 1, any), Map.of()))
                .isEmpty();
        assertThat(BackupStores.require(
                        new StoreSettings(Optional.of(directory), Optional.of(place), Optional.empty(), 1, any),
                        Map.of()))
                .isEmpty();

        try (ObjectStore store = S3Store.open(place)) {
            assertThat(store.list("")).isEmpty();
        }
    }

    @Test
    void aBucketThatIsNotThere() {
        try (ObjectStore store = S3Store.open(bucket.settings("other", ""))) {
            assertThatThrownBy(() -> store.list(""))
                    .hasMessageContaining("backup.store.s3.bucket = other: there is no such bucket");
            assertThatThrownBy(() -> Samples.putRaw(store, "b/a", new byte[1]))
                    .hasMessageContaining("backup.store.s3.bucket = other: there is no such bucket");
        }
    }

    @Test
    void anObjectThatIsNotThere() {
        assertThatThrownBy(() -> empty().open("b/a")).isInstanceOf(MissingObjectException.class);
    }
}
