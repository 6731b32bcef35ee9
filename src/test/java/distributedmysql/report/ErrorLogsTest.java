package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.config.HostPort;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.ServerControl;
import distributedmysql.mysql.ServerVersion;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Shards;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That they are kept and when: RunEndsIT. */
class ErrorLogsTest {
    private static final String RUN = "20260304_050607_2";

    @TempDir
    private Path directory;

    @Test
    void ofALongLogTheLastMebibyteIsKeptAndTheCopySaysHowMuchIsNot() throws IOException {
        String head = "x".repeat(3);
        String tail = "\n" + "y".repeat(ErrorLogs.MAX_BYTES - 1);
        Path log = Files.writeString(directory.resolve("error.log"), head + tail);

        List<String> lines = copied(List.of(node("node2", Optional.of(log))));

        Path copy = directory.resolve("error_log_" + RUN + "_node2.log");
        assertThat(lines).containsExactly("Error log of node2: " + copy);
        assertThat(Files.readString(copy))
                .isEqualTo("MySQL Distributed Test Framework: the error log of node2 (127.0.0.1:3306);"
                        + " left out before: 3 bytes\n" + tail);
    }

    @Test
    void whateverBytesALogHasAreCopiedAsTheyAre() throws IOException {
        byte[] bytes = {'a', (byte) 0xff, 0, '\r', '\n', (byte) 0xc3};
        Path log = Files.write(directory.resolve("error.log"), bytes);

        copied(List.of(node("node1", Optional.of(log))));

        byte[] copy = Files.readAllBytes(directory.resolve("error_log_" + RUN + "_node1.log"));
        String all = new String(copy, StandardCharsets.ISO_8859_1);
        assertThat(all.substring(all.indexOf('\n') + 1)).isEqualTo(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    @Test
    void aLogThatIsGoneIsSaidAndTheOthersAreKeptAllTheSame() throws IOException {
        Path log = Files.writeString(directory.resolve("error.log"), "fine");
        Path gone = directory.resolve("gone.log");

        List<String> lines = copied(List.of(node("node1", Optional.of(gone)), node("node2", Optional.of(log))));

        assertThat(lines)
                .containsExactly(
                        "warning: the error log of node1 is not kept: NoSuchFile " + gone,
                        "Error log of node2: " + directory.resolve("error_log_" + RUN + "_node2.log"));
        assertThat(directory.resolve("error_log_" + RUN + "_node1.log")).doesNotExist();
    }

    @Test
    void ofAServerWhoseLogIsNotOursToReadNothingIsSaid() {
        assertThat(copied(List.of(node("node1", Optional.empty())))).isEmpty();
    }

    @Test
    void whatIsWrittenUntilTheEndIsThereAlsoWhenTheServersAndTheirFilesAreGone() throws IOException {
        Path log = Files.writeString(directory.resolve("error.log"), "begin");
        try (ErrorLogs logs = ErrorLogs.open(deployment(List.of(node("node1", Optional.of(log))), Optional.empty()))) {
            Files.writeString(log, ", end", StandardOpenOption.APPEND);
            Files.delete(log);
            logs.copyBeside(json());
        }

        assertThat(directory.resolve("error_log_" + RUN + "_node1.log"))
                .content()
                .endsWith("\nbegin, end");
    }

    @Test
    void whatARouterBeforeThemWritesIsKeptToo() throws IOException {
        Path log = Files.writeString(directory.resolve("haproxy.log"), "Server writer/node1 is DOWN");
        Deployment deployment = deployment(List.of(node("node1", Optional.empty())), Optional.of(log));
        try (ErrorLogs logs = ErrorLogs.open(deployment)) {
            assertThat(logs.copyBeside(json())).hasSize(1);
        }

        assertThat(directory.resolve("error_log_" + RUN + "_haproxy.log"))
                .content()
                .isEqualTo("MySQL Distributed Test Framework: the error log of haproxy\nServer writer/node1 is DOWN");
    }

    private List<String> copied(List<Node> nodes) {
        try (ErrorLogs logs = ErrorLogs.open(deployment(nodes, Optional.empty()))) {
            return logs.copyBeside(json());
        }
    }

    private static Deployment deployment(List<Node> nodes, Optional<Path> routerLog) {
        ReplicaSet replicaSet = new ReplicaSet(nodes.get(0), nodes.subList(1, nodes.size()));
        return new Deployment("any", Shards.only(replicaSet), List.of(), routerLog, () -> {});
    }

    private Path json() {
        return directory.resolve("test_report_" + RUN + ".json");
    }

    private static Node node(String name, Optional<Path> log) {
        Credentials nobody = new Credentials("nobody", "");
        return new Node(
                name,
                new HostPort("127.0.0.1", 3306),
                ServerVersion.parse("8.0.33"),
                name,
                nobody,
                nobody,
                Optional.of(new Logging(log)));
    }

    /** Nothing but a log. */
    private record Logging(Optional<Path> errorLog) implements ServerControl {
        @Override
        public void kill() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void pause() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resume() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void start(Duration deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public OptionalLong pid() {
            return OptionalLong.empty();
        }
    }
}
