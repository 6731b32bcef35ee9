package distributedmysql.topology.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Network;
import distributedmysql.mysql.DebugLog;
import distributedmysql.topology.Await;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The label of every container and network that the framework makes. It says which process on which machine made it, so
 * that the next run there finds what a killed one left.
 */
final class RunLabel {
    static final String KEY = "mysql-distributed-test-framework.process";

    /** Where the system says when a process started, two readings differ by less. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    private static final Duration REMOVAL_DEADLINE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private RunLabel() {}

    static Map<String, String> labels() {
        return Map.of(KEY, value());
    }

    private static String value() {
        ProcessHandle own = ProcessHandle.current();
        return host() + " " + own.pid() + " " + start(own).toEpochMilli();
    }

    /** Removes the containers, with their volumes, and the networks of this machine's processes that have ended. */
    static void removeLeftOvers(DockerClient docker, Consumer<String> progress) {
        List<Container> containers = docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(KEY))
                .exec();
        int removed = 0;
        for (Container container : containers) {
            if (isLeftOver(container.getLabels())) {
                remove(docker, container.getId());
                removed++;
            }
        }
        for (Network network :
                docker.listNetworksCmd().withFilter("label", List.of(KEY)).exec()) {
            if (isLeftOver(network.getLabels())) {
                removeNetwork(docker, network.getId());
                removed++;
            }
        }
        if (removed > 0) {
            progress.accept("removed what a killed run left over, containers and networks: " + removed);
        }
    }

    /** With its volumes; does nothing if it is gone. */
    static void remove(DockerClient docker, String container) {
        untilGone(() -> docker.removeContainerCmd(container)
                .withForce(true)
                .withRemoveVolumes(true)
                .exec());
        DebugLog.TOPOLOGY.say(() -> "docker: removed the container " + container);
    }

    /** Does nothing if it is gone. */
    static void removeNetwork(DockerClient docker, String network) {
        untilGone(() -> docker.removeNetworkCmd(network).exec());
        DebugLog.TOPOLOGY.say(() -> "docker: removed the network " + network);
    }

    /** Another run's start may be removing the same, which is a conflict until it has. */
    private static void untilGone(Runnable removal) {
        Await.of("a container or network to be removed", REMOVAL_DEADLINE)
                .every(PAUSE)
                .uninterruptibly()
                .untilNo(() -> {
                    try {
                        removal.run();
                        return Optional.empty();
                    } catch (NotFoundException e) {
                        // It is gone.
                        return Optional.empty();
                    } catch (DockerException e) {
                        return Optional.of(DockerEngine.reason(e));
                    }
                });
    }

    private static boolean isLeftOver(Map<String, String> labels) {
        String[] maker = labels.getOrDefault(KEY, "").split(" ");
        if (maker.length != 3 || !maker[0].equals(host())) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(maker[1]));
        return process.isEmpty() || !startedAt(process.get(), Instant.ofEpochMilli(Long.parseLong(maker[2])));
    }

    private static boolean startedAt(ProcessHandle process, Instant instant) {
        return Duration.between(start(process), instant).abs().compareTo(SAME_START) < 0;
    }

    private static Instant start(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replace(' ', '-');
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
