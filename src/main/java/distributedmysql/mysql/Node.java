package distributedmysql.mysql;

import distributedmysql.config.HostPort;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * One server. Immutable and thread-safe; its role is the replica set's to say, because roles change.
 *
 * @param name stable for the whole run, for instance {@code node1}
 * @param admin may do anything that the framework needs, outside the measured load
 * @param load what the measured load connects as, so that the server can tell its statements from the framework's own
 * @param control the process, where it is ours, or may be killed by the settings
 * @param peerAddress where the other servers of the replica set reach it; another one than {@code address} where containers
 *     have a network of their own
 * @param tls of the framework's own connections
 * @param readOnly whether every session is read-only, so that the server refuses any write (error 1792), whatever the
 *     account may do
 * @param cap what limits the requests to all servers of the run
 */
public record Node(
        String name,
        HostPort address,
        ServerVersion version,
        String serverUuid,
        Credentials admin,
        Credentials load,
        Optional<ServerControl> control,
        HostPort peerAddress,
        Tls tls,
        boolean readOnly,
        RateCap cap) {

    /** A server that others reach as clients do, on this machine. */
    public Node(
            String name,
            HostPort address,
            ServerVersion version,
            String serverUuid,
            Credentials admin,
            Credentials load,
            Optional<ServerControl> control) {
        this(name, address, version, serverUuid, admin, load, control, address, Tls.PREFERRED, false);
    }

    /** A server that may be sent as much as it answers. */
    public Node(
            String name,
            HostPort address,
            ServerVersion version,
            String serverUuid,
            Credentials admin,
            Credentials load,
            Optional<ServerControl> control,
            HostPort peerAddress,
            Tls tls,
            boolean readOnly) {
        this(name, address, version, serverUuid, admin, load, control, peerAddress, tls, readOnly, RateCap.none());
    }

    /** Whether the framework started it, so that it may be harmed. */
    public boolean isOurs() {
        return control.map(ServerControl::isOurs).orElse(false);
    }

    /** As {@link ServerControl#unexpectedEnd}. */
    public Optional<String> unexpectedEnd() {
        return control.flatMap(ServerControl::unexpectedEnd);
    }

    /** @throws TopologyException if it has {@linkplain #unexpectedEnd ended unexpectedly}, so that waiting for it is of no use */
    public void requireNotEnded() {
        unexpectedEnd().ifPresent(end -> {
            throw new TopologyException(this + ": " + end);
        });
    }

    /** The process on this machine, where it is ours to know. */
    public OptionalLong pid() {
        return control.map(ServerControl::pid).orElse(OptionalLong.empty());
    }

    /** The same server, or another one of its replica set, through an address in front of them. */
    public Node through(HostPort endpoint) {
        return new Node(name, endpoint, version, serverUuid, admin, load, control, peerAddress, tls, readOnly, cap);
    }

    /** Whether it is in a container: other servers reach it elsewhere than clients do. */
    public boolean isInContainer() {
        return !peerAddress.equals(address);
    }

    /**
     * Opens a connection of its own as {@link #admin}, outside every pool; the caller closes it. A silent server is
     * given up after 5 s when connecting and 60 s when reading. For administration: it is not limited by the {@link #cap}.
     */
    public Connection connect() throws SQLException {
        return connect(Map.of());
    }

    /**
     * As {@link #connect()}, with further properties of Connector/J.
     *
     * @param properties for instance {@code rewriteBatchedStatements}
     */
    public Connection connect(Map<String, String> properties) throws SQLException {
        return connect(Map.of(), properties);
    }

    /**
     * As {@link #connect()}, for what is read or written at an interval: it does not wait for the {@link #cap}, because
     * the time of a reading is part of what it says, but the load then waits for it.
     */
    public Connection connectForSampling() throws SQLException {
        return connect(cap.forSampling(), Map.of());
    }

    /** As {@link #connect(Map)}; what is sent over it waits for the {@link #cap}. */
    public Connection connectForLoad(Map<String, String> properties) throws SQLException {
        return connect(cap.forLoad(), properties);
    }

    private Connection connect(Map<String, String> capped, Map<String, String> further) throws SQLException {
        Map<String, String> variables = readOnly ? Map.of("transaction_read_only", "1") : Map.of();
        Properties properties = SessionSettings.properties(variables);
        properties.putAll(capped);
        return connect(address, admin, tls, properties, further);
    }

    /** As {@link #connect()}, to a server of which no more is known yet than its address. */
    public static Connection connect(HostPort address, Credentials credentials) throws SQLException {
        return connect(address, credentials, Tls.PREFERRED, Map.of());
    }

    /** As {@link #connect(HostPort, Credentials)}, encrypted as {@code tls} says. */
    public static Connection connect(HostPort address, Credentials credentials, Tls tls, Map<String, String> further)
            throws SQLException {
        return connect(address, credentials, tls, SessionSettings.properties(Map.of()), further);
    }

    private static Connection connect(
            HostPort address, Credentials credentials, Tls tls, Properties properties, Map<String, String> further)
            throws SQLException {
        properties.setProperty("user", credentials.user());
        properties.setProperty("password", credentials.password().text());
        properties.putAll(Mysql.timeouts(Mysql.ANSWER));
        properties.setProperty("sslMode", tls.mode().name());
        properties.putAll(tls.trustStore());
        properties.putAll(further);
        return SessionSettings.open(SessionSettings.url(address, ""), properties);
    }

    /** Two nodes are the same if their names are: a node is one server of one replica set. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Node node && name.equals(node.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name + " (" + address + ")";
    }
}
