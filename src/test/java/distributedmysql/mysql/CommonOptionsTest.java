package distributedmysql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonOptionsTest {
    /** What Compose's servers have beside, each for the reason that stands there. */
    private static final Set<String> OWN = Set.of("server_id", "max_connections");

    @Test
    void theReplicasOptionsHaveTheirOldNamesBefore8026() {
        assertThat(CommonOptions.commandLine(ServerVersion.parse("8.0.26")))
                .isEqualTo(CommonOptions.commandLine())
                .contains("--replica-parallel-workers=4", "--loose-replica-parallel-type=LOGICAL_CLOCK");
        assertThat(CommonOptions.commandLine(ServerVersion.parse("8.0.25")))
                .contains(
                        "--slave-parallel-workers=4",
                        "--slave-preserve-commit-order=ON",
                        "--slave-net-timeout=4",
                        "--loose-slave-parallel-type=LOGICAL_CLOCK")
                .noneMatch(option -> option.contains("replica"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"primary", "replica"})
    void theServersOfComposeHaveThem(String service) throws IOException {
        Map<String, String> options = optionFile("common.cnf");
        options.putAll(optionFile(service + ".cnf"));

        assertThat(options).containsAllEntriesOf(CommonOptions.all());
        options.keySet().removeAll(CommonOptions.all().keySet());
        assertThat(options.keySet()).isEqualTo(OWN);
    }

    /** Both are mounted, and no option is on a command line, where it would win. */
    @Test
    void theServersOfComposeReadThoseFilesAndNothingElse() throws IOException {
        String compose = Files.readString(Path.of("docker", "docker-compose.yml"));

        for (String file : Set.of("primary.cnf", "replica.cnf")) {
            assertThat(compose).contains("./mysql-config/" + file + ":/etc/mysql/conf.d/server.cnf:ro");
        }
        assertThat(compose.split("./mysql-config/common.cnf:/etc/mysql/conf.d/common.cnf:ro", -1))
                .hasSize(3);
        assertThat(compose.lines().map(String::strip))
                .noneMatch(line -> line.startsWith("command:") || line.startsWith("entrypoint:"));
    }

    private static Map<String, String> optionFile(String name) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("docker", "mysql-config", name))) {
            if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("[")) {
                String[] option = line.split("=", 2);
                options.put(option[0].strip(), option[1].strip());
            }
        }
        return options;
    }
}
