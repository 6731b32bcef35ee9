package distributedmysql.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

@DisplayName(
        "Backups in a bucket: as in a directory, damage to them is found and named; uploads in parts are whole or nothing")
class S3StoreIT extends DamagedBackups {
    private static final String BUCKET = "backups";

    private static S3Mock server;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        S3Credentials.set();
        server = S3Mock.start(directory, BUCKET);
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
        S3Credentials.clear();
    }

    private static S3Settings settings(String bucket, String prefix) {
        return new S3Settings(
                Optional.of(server.endpoint()), "us-east-1", bucket, prefix, true, S3Settings.LEAST_PART_BYTES);
    }

    /** Larger objects only encrypted: what is not goes the same way as in a directory. */
    @Override
    Stream<Arguments> damages() {
        return super.damages().filter(each -> (boolean) each.get()[1] || (int) each.get()[2] == SMALL);
    }

    @Override
    ObjectStore empty() {
        return S3Store.open(settings(BUCKET, UUID.randomUUID() + "/"));
    }

    @Override
    ObjectStore copy(ObjectStore made) throws IOException {
        ObjectStore copy = empty();
        for (StoredObject object : made.list("")) {
            Samples.putRaw(copy, object.name(), Samples.raw(made, object.name()));
        }
        return copy;
    }

    private static List<MultipartUpload> unfinishedUploads(ObjectStore store) {
        String prefix = store.where("").substring(("s3://" + BUCKET + "/").length());
        try (S3Client client = S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(software.amazon.awssdk.regions.Region.US_EAST_1)
                .forcePathStyle(true)
                .httpClientBuilder(software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient.builder())
                .build()) {
            return client.listMultipartUploads(list -> list.bucket(BUCKET).prefix(prefix))
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
        BackupStore bucket = new BackupStore(empty(), Optional.of(Samples.key(1)), 1, Samples.CLOCK);

        local.copy(made, bucket);

        assertThat(bucket.list().usable()).containsExactly(made);
        bucket.verify(made);
    }

    @Test
    void aBucketThatIsNotThere() {
        try (ObjectStore store = S3Store.open(settings("other", ""))) {
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
