package distributedmysql.config;

/**
 * Servers that the run starts in containers.
 *
 * @param image an official MySQL image, or one with the same environment variables and directories
 * @param layout how many there are
 * @param bufferPoolBytes InnoDB's buffer pool, per server
 * @param maxConnections the servers' {@code max_connections}
 * @param router what stands in front of them, on this machine
 */
public record DockerSettings(
        String image, LayoutSettings layout, long bufferPoolBytes, int maxConnections, RouterSettings router) {

    static DockerSettings read(SettingsReader reader) {
        RouterSettings router = RouterSettings.read(reader, "docker.router");
        return new DockerSettings(
                reader.text(
                        "docker.image",
                        "an image's name, such as mysql:8.4",
                        text -> text.matches("[a-z0-9][A-Za-z0-9._/:@-]*")),
                LayoutSettings.read(reader, TopologyKind.DOCKER, router),
                reader.bytes("docker.buffer-pool-size", 16L << 20, 1L << 40),
                reader.integer("docker.max-connections", 30, 100_000),
                router);
    }
}
