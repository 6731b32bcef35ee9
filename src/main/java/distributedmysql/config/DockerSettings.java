package distributedmysql.config;

/**
 * Servers that the run starts in containers.
 *
 * @param image an official MySQL image, or one with the same environment variables and directories
 * @param replicas how many replicas follow the primary
 * @param replication how they do
 * @param groupMode of a group
 * @param bufferPoolBytes InnoDB's buffer pool, per server
 * @param maxConnections the servers' {@code max_connections}
 * @param router what stands in front of them, on this machine
 */
public record DockerSettings(
        String image,
        int replicas,
        ReplicationMode replication,
        GroupMode groupMode,
        long bufferPoolBytes,
        int maxConnections,
        RouterSettings router) {

    static DockerSettings read(SettingsReader reader) {
        ReplicationMode replication = ReplicationMode.read(reader, TopologyKind.DOCKER);
        RouterSettings router = RouterSettings.read(reader, "docker.router");
        return new DockerSettings(
                reader.text(
                        "docker.image",
                        "an image's name, such as mysql:8.4",
                        text -> text.matches("[a-z0-9][A-Za-z0-9._/:@-]*")),
                ReplicationMode.replicas(reader, TopologyKind.DOCKER),
                replication,
                GroupMode.read(reader, TopologyKind.DOCKER, replication, router),
                reader.bytes("docker.buffer-pool-size", 16L << 20, 1L << 40),
                reader.integer("docker.max-connections", 30, 100_000),
                router);
    }
}
