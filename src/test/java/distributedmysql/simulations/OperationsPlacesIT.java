package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.topology.OwnServers;
import distributedmysql.topology.ReplicaSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups of other servers than one replica set of the run's own, and into other stores than a directory. */
class OperationsPlacesIT {
    /** As little as there may be. */
    private static final List<String> SHORT = List.of(
            "backup.strategies=clone",
            "backup.before=1s",
            "backup.during=12s",
            "backup.after=1s",
            "backup.ship-interval=1s",
            "backup.recoveries=1");

    private static final String KEY = "c29tZWJvZHkgbXVzdCBub3Qgc2VlIHRoaXMga2V5ISE=";

    @RegisterExtension
    final Simulations simulations = new Simulations();

    @Test
    @Tag("nightly")
    @DisplayName(
            "Of each shard a replica is backed up, encrypted; across shards there is no consistent point, and nobody sees the key")
    void replicasOfShards() throws Exception {
        Path key = Files.writeString(simulations.directory().resolve("key"), KEY + "\n");
        PlayedRun run = play("embedded.shards=2", "backup.source=replica", "backup.encryption.key-file=" + key);

        run.assertValidUnlessSlow();
        JsonNode backup = run.report().at("/backup");
        assertThat(PlayedRun.texts(backup.at("/fulls"), "shard")).containsExactly("shard1", "shard2");
        assertThat(PlayedRun.texts(backup.at("/fulls"), "node")).containsExactly("shard1-node2", "shard2-node2");
        assertThat(backup.at("/recoveries")).hasSize(2);
        assertComparedAtThePosition(run);
        assertThat(backup.at("/rehearsals")).hasSize(2);
        assertThat(backup.at("/acrossShards/consistentPoint").asText()).contains("there is no consistent point");
        assertThat(run.output()).doesNotContain(KEY);
        try (Stream<Path> files = Files.walk(run.results())) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain(KEY));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"primary", "replica"})
    @Tag("nightly")
    @DisplayName("On a group, what is before a transaction is as the binary log has it")
    void group(String source) throws Exception {
        PlayedRun run = play(
                "embedded.replication=group", "embedded.replicas=2", "backup.recoveries=5", "backup.source=" + source);

        run.assertValidUnlessSlow();
        assertComparedAtThePosition(run);
        assertThat(run.report().at("/backup/recoveries")).hasSize(5);
    }

    @Test
    @Tag("nightly")
    @DisplayName(
            "A bucket that cannot be reached is named; the backups in the directory are there, and the run goes on")
    void bucketUnreachable() throws Exception {
        PlayedRun run = play(
                "backup.store.s3.bucket=backups",
                "backup.store.s3.endpoint=http://127.0.0.1:1",
                "backup.during=4s",
                "backup.recoveries=0",
                "backup.rehearse-delete=false");

        assertThat(run.exitCode()).as(run.output()).isEqualTo(2);
        assertThat(run.output().indexOf("backup.store.s3.bucket = backups: no backup can be copied there: "))
                .isPositive()
                .isLessThan(run.output().indexOf("servers ready"));
        assertThat(run.check("copied backups")).startsWith("INVALID").contains("s3://backups/");
        assertThat(run.report().at("/backup/stores/1/notRemoved").asText()).contains("is not proven to be there");
        assertThat(run.check("stored backups")).startsWith("VALID");
        assertThat(run.check("restored ledger: clone")).startsWith("VALID");
        assertThat(run.check("restored tables: clone")).startsWith("VALID");
    }

    @Test
    @OwnServers
    @DisplayName(
            "Servers that are not ours are not backed up unless the settings say so; what a killed run left here is removed")
    void notOurs(ReplicaSet servers) throws Exception {
        Path left = Files.createDirectories(simulations.cache().resolve("runs/run-1-left/node1/data"));

        PlayedRun run = simulations.playOn(servers, OperationsSimulation.class, settings());

        assertThat(run.exitCode()).as(run.output()).isNotZero();
        assertThat(run.output())
                .contains("nothing of this simulation can be run on these servers: external.allow-faults = false and"
                        + " backup.hooks.full is empty");
        assertThat(left).doesNotExist();
    }

    private static void assertComparedAtThePosition(PlayedRun run) {
        JsonNode backup = run.report().at("/backup");
        assertThat(backup.at("/fulls").size()).isPositive();
        for (String done : List.of("/fulls", "/recoveries")) {
            assertThat(backup.at(done)).allSatisfy(each -> {
                assertThat(each.at("/restored/tables")).isNotEmpty();
                assertThat(each.at("/restored/followed").isMissingNode()).isTrue();
            });
        }
    }

    private PlayedRun play(String... more) throws Exception {
        return simulations.play(OperationsSimulation.class, settings(more));
    }

    private String[] settings(String... more) {
        List<String> settings = new ArrayList<>(SHORT);
        settings.add("backup.store.directory=" + simulations.directory().resolve("backups"));
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }
}
