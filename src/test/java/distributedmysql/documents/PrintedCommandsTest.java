package distributedmysql.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
        "Each source that has a statement or command for servers either runs it itself, or a test pastes what it prints")
class PrintedCommandsTest {
    private static final Path SOURCES = Path.of("src/main/java/distributedmysql");

    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");
    private static final Pattern COMMAND =
            Pattern.compile("\\b(?:GRANT |REVOKE |CREATE USER|DROP (?:DATABASE|TABLE|USER)|ALTER "
                    + "|SET (?:GLOBAL|PERSIST|PERSIST_ONLY) |(?:START|STOP) (?:REPLICA|SLAVE)\\b|CHANGE (?:REPLICATION|MASTER)"
                    + "|RESET (?:REPLICA|BINARY|MASTER)|CLONE INSTANCE|INSTALL PLUGIN|KILL |LOCK TABLES)"
                    + "|\\bsql_log_bin\\b|\\bgtid_(?:purged|next)\\b|\\b(?:sudo|ulimit|mvn|apt-get) |\\bdocker(?: compose|-compose(?!\\.yml)|"
                    + " run| version)\\b");

    /** Nothing of it is for users. */
    private static final List<String> RUN_BY_THE_PRODUCT = List.of(
            "load/HeldConnection",
            "topology/replicator/Fence",
            "experiment/backup/Rehearsal",
            "experiment/groupconsistency/GroupTable",
            "experiment/sharding/routed/DailyLogs",
            "experiment/sharding/routed/SavesTable",
            "experiment/sharding/transfers/Decisions",
            "experiment/sharding/transfers/TransferTables",
            "experiment/sharding/resharding/Capture",
            "experiment/sharding/resharding/Fence",
            "experiment/sharding/resharding/ReshardedTable",
            "experiment/sharding/resharding/ReshardingState",
            "experiment/writeconflicts/CounterTable",
            "experiment/sharding/search/GuildTables",
            "ledger/LedgerTable",
            "backup/Restore",
            "topology/ClonePlugin",
            "topology/replicator/Rebuild",
            "topology/replicator/SemiSync",
            "fault/StopReplicationThread",
            "topology/Accounts",
            "topology/GroupReplication",
            "topology/Replication",
            "mysql/ReplicationSql",
            "topology/embedded/EmbeddedTopology");

    /** The test that pastes it, or why nothing can be pasted. */
    private static final Map<String, String> PRINTED = new TreeMap<>(Map.ofEntries(
            Map.entry("mysql/LocalSql", "topology/external/PastedSqlIT"),
            Map.entry("topology/external/Grants", "topology/external/GrantsIT"),
            Map.entry("topology/external/ServerDefaults", "topology/external/PastedSqlIT"),
            Map.entry("run/LeftDatabase", "simulations/ExternalFailoverIT"),
            Map.entry("load/data/MarkedDatabase", "load/data/ReplicationFiltersIT"),
            // The statement's name; that test changes filters as the message says.
            Map.entry("load/data/ReplicationPath", "load/data/ReplicationFiltersIT"),
            // The name of a privilege.
            Map.entry("monitor/table/KeylessComparison", "monitor/table/LocksAndPrivilegesIT"),
            // Of package managers, for a machine that lacks libraries: the words, for each distribution.
            Map.entry("topology/embedded/InstallCommand", "topology/embedded/SharedLibrariesTest"),
            // Of a package manager, for a machine that has no such program: as an example.
            Map.entry("topology/embedded/HaProxyProgram", "topology/embedded/HaProxyProgramIT"),
            // The artifact that the product fetches itself, by its coordinates.
            Map.entry("topology/embedded/ServerArtifact", "topology/embedded/EmbeddedTopologyIT"),
            // A limit of the shell that it is typed into.
            Map.entry("topology/embedded/ServerProcess", "topology/embedded/ServerOptionsTest"),
            // Shows a version.
            Map.entry("topology/docker/DockerEngine", "topology/docker/DockerEndOfRunIT")));

    @Test
    void everySourceIsRegistered() throws IOException {
        TreeSet<String> known = new TreeSet<>(RUN_BY_THE_PRODUCT);
        known.addAll(PRINTED.keySet());
        assertThat(withCommands()).containsExactlyElementsOf(known);
    }

    @Test
    void theTestsAreThere() {
        assertThat(PRINTED.values())
                .allSatisfy(test -> assertThat(Path.of("src/test/java/distributedmysql", test + ".java"))
                        .isRegularFile());
    }

    private static TreeSet<String> withCommands() throws IOException {
        TreeSet<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                Matcher text = TEXT.matcher(Files.readString(file));
                while (text.find()) {
                    if (COMMAND.matcher(text.group()).find()) {
                        String name = SOURCES.relativize(file).toString().replace('\\', '/');
                        found.add(name.substring(0, name.length() - ".java".length()));
                    }
                }
            }
        }
        return found;
    }
}
