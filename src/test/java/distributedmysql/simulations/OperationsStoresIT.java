package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.backup.store.EarlierBackups;
import distributedmysql.backup.store.S3Credentials;
import distributedmysql.backup.store.S3Mock;
import distributedmysql.backup.store.S3Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What is in a directory and in a bucket before a run, and what the run removes there")
class OperationsStoresIT {
    private static final String BUCKET = "backups";

    private static S3Mock s3;
    private static Instant longAgo;

    @RegisterExtension
    final Simulations simulations = new Simulations();

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        longAgo = Instant.now().minus(Duration.ofDays(40));
        S3Credentials.set();
        s3 = S3Mock.start(directory, BUCKET);
    }

    @AfterAll
    static void end() {
        if (s3 != null) {
            s3.close();
        }
        S3Credentials.clear();
    }

    @Test
    @Tag("nightly")
    @DisplayName(
            "Both are thinned by the same rule once this run's backups are proven there; what cannot be used is named")
    void thinned() throws Exception {
        try (EarlierBackups directory = EarlierBackups.in(directory());
                EarlierBackups bucket = EarlierBackups.in(bucket("thinned/"))) {
            List<String> gone = List.of(
                    directory.full(longAgo),
                    directory.unfinished(longAgo),
                    bucket.full(longAgo),
                    bucket.unfinished(longAgo));
            String counted = bucket.full(longAgo.plusSeconds(1));
            String otherKey = directory.ofAnotherKey(longAgo);
            String damaged = bucket.withDamagedManifest(longAgo);
            directory.full(longAgo.plusSeconds(1));

            PlayedRun run = simulations.play(OperationsSimulation.class, settings("thinned/", "backup.recoveries=1"));

            run.assertValidUnlessSlow();
            assertThat(run.check("copied backups")).startsWith("VALID");
            assertThat(directory.ids())
                    .doesNotContainAnyElementsOf(gone)
                    .contains(otherKey)
                    .hasSizeGreaterThan(2);
            assertThat(bucket.ids())
                    .doesNotContainAnyElementsOf(gone)
                    .contains(counted, damaged)
                    .contains(run.report().at("/backup/fulls/0/stored/id").asText());
            JsonNode stores = run.report().at("/backup/stores");
            assertThat(PlayedRun.texts(stores, "store"))
                    .containsExactly(directory().toString(), "s3://backups/thinned/");
            assertThat(stores).allSatisfy(store -> {
                assertThat(store.at("/earlier").asInt()).isEqualTo(2);
                assertThat(store.at("/readAgain")).hasSize(1);
                assertThat(store.at("/removed")).hasSize(1);
                assertThat(store.at("/unfinishedRemoved")).hasSize(1);
                assertThat(store.has("notRemoved")).isFalse();
            });
            assertThat(run.output())
                    .contains("1 backup in " + directory()
                            + " cannot be read with this run's key, which retention leaves" + " there: " + otherKey)
                    .contains("1 backup in s3://backups/thinned/ cannot be used because of a damaged manifest, which"
                            + " retention leaves there: " + damaged);
        }
    }

    @Test
    @Tag("nightly")
    @DisplayName("Nothing older is removed, in either, if a copy of this run is damaged; the report says why")
    void safeguard() throws Exception {
        try (EarlierBackups directory = EarlierBackups.in(directory());
                EarlierBackups bucket = EarlierBackups.in(bucket("safeguard/"))) {
            List<String> inDirectory = List.of(directory.full(longAgo), directory.full(longAgo.plusSeconds(1)));
            List<String> inBucket = List.of(bucket.full(longAgo), bucket.full(longAgo.plusSeconds(1)));

            PlayedRun run = simulations.play(
                    TamperedOperationsSimulation.class, settings("safeguard/", "tampered=BIT_FLIPPED_IN_BUCKET"));

            assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
            assertThat(run.check("stored backups"))
                    .startsWith("INVALID s3://backups/safeguard/")
                    .contains("/data.tar: ");
            assertThat(run.check("restored ledger: clone")).startsWith("VALID");
            assertThat(directory.ids()).containsAll(inDirectory);
            assertThat(bucket.ids()).containsAll(inBucket);
            assertThat(run.report().at("/backup/stores")).hasSize(2).allSatisfy(store -> {
                assertThat(store.at("/removed")).isEmpty();
                assertThat(store.at("/notRemoved").asText())
                        .startsWith("no older backup is removed, because not all that are to stay are proven: "
                                + "stored backups: s3://backups/safeguard/")
                        .contains("/data.tar: ");
            });
        }
    }

    @Test
    @DisplayName("Nothing older is removed if an earlier backup is damaged that the rule counts on")
    @Tag("nightly")
    void earlierDamaged() throws Exception {
        try (EarlierBackups directory = EarlierBackups.in(directory())) {
            String old = directory.full(longAgo);
            String damaged = directory.damagedFull(longAgo.plusSeconds(1));

            PlayedRun run = simulations.play(OperationsSimulation.class, settings(""));

            run.assertValidUnlessSlow();
            assertThat(directory.ids()).contains(old, damaged);
            assertThat(run.report().at("/backup/stores/0/notRemoved").asText())
                    .contains("backup " + damaged + " of an earlier run: ");
        }
    }

    private Path directory() {
        return simulations.directory().resolve("backups");
    }

    private static S3Settings bucket(String prefix) {
        return new S3Settings(Optional.of(s3.endpoint()), "us-east-1", BUCKET, prefix, true, 5 << 20);
    }

    /** @param prefix empty for no bucket */
    private String[] settings(String prefix, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "backup.strategies=clone",
                "backup.before=1s",
                "backup.during=6s",
                "backup.after=1s",
                "backup.ship-interval=1s",
                "backup.recoveries=0",
                "backup.rehearse-delete=false",
                "backup.store.directory=" + directory()));
        if (!prefix.isEmpty()) {
            settings.addAll(List.of(
                    "backup.store.s3.bucket=" + BUCKET,
                    "backup.store.s3.prefix=" + prefix,
                    "backup.store.s3.endpoint=" + s3.endpoint(),
                    "backup.store.s3.path-style=true",
                    "aws.accessKeyId=" + S3Credentials.ID,
                    "aws.secretAccessKey=" + S3Credentials.SECRET));
        }
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }
}
