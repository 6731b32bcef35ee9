package distributedmysql.topology.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import distributedmysql.config.DockerSettings;
import distributedmysql.config.GroupMode;
import distributedmysql.config.LayoutSettings;
import distributedmysql.config.ReplicationMode;
import distributedmysql.config.RouterSettings;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.TestServers;
import java.util.List;
import java.util.Map;

/** What the tests need of Docker: an engine, and the image that {@code -Ddocker.image} names, already there. */
public final class TestDocker {
    private TestDocker() {}

    /** Skips the test, and says why, where there is no engine or no image; no test pulls one. */
    public static void assumeUsable() {
        String missing = missing();
        assumeTrue(missing.isEmpty(), () -> "Docker is not usable here: " + missing);
    }

    private static String missing() {
        try {
            return DockerEngine.hasImage(DockerEngine.client(), image()) ? "" : "there is no image " + image();
        } catch (TopologyException e) {
            return e.getMessage();
        }
    }

    public static String image() {
        return TestServers.settings().docker().image();
    }

    /** Replicating asynchronously. */
    public static Deployment start(int replicas) {
        return start(replicas, ReplicationMode.ASYNC);
    }

    public static Deployment start(int replicas, ReplicationMode replication) {
        return shards(1, replicas, replication);
    }

    /** The same several times, with the keys shared out over them on a ring. */
    public static Deployment shards(int shards, int replicas, ReplicationMode replication) {
        DockerSettings settings = TestServers.settings().docker();
        return new DockerTopology(
                        new DockerSettings(
                                settings.image(),
                                new LayoutSettings(
                                        TestServers.ring(shards), replicas, replication, GroupMode.SINGLE_PRIMARY),
                                64L << 20,
                                settings.maxConnections(),
                                RouterSettings.NONE),
                        TestServers.settings().embedded().cacheDirectory(),
                        TestServers.settings().data().database(),
                        System.out::println)
                .start();
    }

    /** Containers and networks of ours, as {@code id labels}. */
    public static List<String> left() {
        DockerClient docker = DockerEngine.client();
        List<String> left = new java.util.ArrayList<>();
        docker.listContainersCmd().withShowAll(true).withLabelFilter(List.of(RunLabel.KEY)).exec().stream()
                .map(container -> describe(container.getId(), container.getLabels()))
                .forEach(left::add);
        docker.listNetworksCmd().withFilter("label", List.of(RunLabel.KEY)).exec().stream()
                .map(network -> describe(network.getId(), network.getLabels()))
                .forEach(left::add);
        return left;
    }

    /** Those that a process has made. */
    public static List<String> left(long pid) {
        return left().stream().filter(line -> line.contains(" " + pid + " ")).toList();
    }

    public static long volumes() {
        return DockerEngine.client().listVolumesCmd().exec().getVolumes().size();
    }

    private static String describe(String id, Map<String, String> labels) {
        return id + " " + labels.get(RunLabel.KEY);
    }
}
