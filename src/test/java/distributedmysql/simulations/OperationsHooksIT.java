package distributedmysql.simulations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.OwnServers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("nightly")
@DisplayName("A whole run whose backups are made by the user's own commands")
class OperationsHooksIT {
    @RegisterExtension
    final Simulations simulations = new Simulations();

    @Test
    @OwnServers(replicas = 0)
    @DisplayName("By mysqldump and mysql in a shell: restored, recovered, compared and judged as any other")
    void commands(Deployment servers) throws Exception {
        PlayedRun run = simulations.play(
                OperationsSimulation.class,
                "backup.strategies=[hooks]",
                "backup.hooks.full=" + dump(servers),
                "backup.hooks.incremental=test -n \"$PARENT_GTIDS\" && " + dump(servers),
                "backup.hooks.prepare=test -s \"$BACKUP_DIRECTORY/dump.sql\"",
                "backup.hooks.restore=for each in $(echo \"$BACKUP_DIRECTORY:$BACKUP_INCREMENTALS\" | tr : ' '); do cat"
                        + " \"$each/dump.sql\"; done | "
                        + program(servers, "mysql") + " --defaults-file=\"$CLIENT_OPTIONS\"",
                "backup.hooks.into-server=true",
                "backup.before=1s",
                "backup.during=12s",
                "backup.after=1s",
                "backup.ship-interval=1s",
                "backup.recoveries=2",
                "backup.store.directory=" + simulations.directory().resolve("backups"));

        run.assertValidUnlessSlow();
        assertThat(run.verdicts())
                .containsKeys("stored backups", "restored ledger: hooks", "restored tables: hooks", "recovered ledger");
        JsonNode backup = run.report().at("/backup");
        assertThat(PlayedRun.texts(backup.at("/fulls"), "strategy")).containsExactly("hooks");
        assertThat(backup.at("/fulls/0/restored/ledger/within").asLong()).isPositive();
        assertThat(backup.at("/recoveries")).hasSize(2);
        assertThat(run.output()).contains("incremental backup by hooks is stored: ");
    }

    /** As a user of mysqldump would: all of the database in one file, and the GTIDs that the file says in another. */
    private static String dump(Deployment servers) {
        return program(servers, "mysqldump")
                + " --defaults-file=\"$CLIENT_OPTIONS\" --single-transaction --databases distributed_mysql_test"
                + " --set-gtid-purged=COMMENTED > \"$BACKUP_DIRECTORY/dump.sql\""
                + " && tr -d '\\n' < \"$BACKUP_DIRECTORY/dump.sql\""
                + " | sed \"s/.*GTID_PURGED=[^']*'[+]*\\([^']*\\)'.*/\\1/\" > \"$BACKUP_GTIDS\"";
    }

    private static String program(Deployment servers, String name) {
        return servers.spares().program(name).file().toString();
    }
}
