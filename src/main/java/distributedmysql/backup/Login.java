package distributedmysql.backup;

import distributedmysql.mysql.ClientOptionFile;
import distributedmysql.mysql.Node;
import distributedmysql.topology.SpareServers;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * How a user's command logs in to a server that is ours: by an option file that {@code CLIENT_OPTIONS} names. For the user's own
 * servers there is none, because the user's command has its own way.
 */
final class Login implements AutoCloseable {
    private final Node node;
    private final Optional<ClientOptionFile> options;

    private Login(Node node, Optional<ClientOptionFile> options) {
        this.node = node;
        this.options = options;
    }

    static Login ofOurs(Node node, SpareServers spares) throws IOException {
        return new Login(
                node,
                node.isOurs() ? Optional.of(ClientOptionFile.write(node, spares.newPath("login"))) : Optional.empty());
    }

    Map<String, String> variables() {
        return options.map(file -> Map.of("CLIENT_OPTIONS", file.path().toString()))
                .orElseGet(Map::of);
    }

    /** What the command says, without the password that it has read. */
    String hiddenIn(String said) {
        return node.admin().password().hiddenIn(said);
    }

    @Override
    public void close() {
        options.ifPresent(ClientOptionFile::close);
    }
}
