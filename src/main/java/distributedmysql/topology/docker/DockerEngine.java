package distributedmysql.topology.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.PullResponseItem;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Wait;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * The Docker engine that Testcontainers finds. Testcontainers does no more than that: its own client would first fetch two
 * images of its own, to clean up (which {@link DockerRun} and {@link RunLabel} do) and, inside a container, to learn the
 * engine's address. Thread-safe.
 */
final class DockerEngine {
    private static final String OTHER_WAYS = "-Dtopology=embedded starts servers without Docker; -Dtopology=external"
            + " uses servers that are already there";

    /** A registry that is there says something every few seconds, however slow the line. */
    private static final long SILENCE_SECONDS = 60;

    private static final int LOG_LINES = 20;
    private static final long LOG_SECONDS = 10;

    private static DockerClient client;

    private DockerEngine() {}

    /** @throws TopologyException if there is none, or Testcontainers cannot use it */
    static synchronized DockerClient client() {
        if (client == null) {
            try {
                client = DockerClientProviderStrategy.getClientForConfig(
                        DockerClientFactory.instance().getTransportConfig());
            } catch (RuntimeException e) {
                throw new TopologyException(
                        "docker: no engine was found: " + reason(e) + ". Is a Docker engine running, and may this user"
                                + " use it (docker version)? " + OTHER_WAYS + ".");
            }
        }
        return client;
    }

    /**
     * Fetches the image, unless it is there.
     *
     * @throws TopologyException if it cannot be had
     */
    static void fetchIfMissing(DockerClient docker, String image, Consumer<String> progress) {
        if (hasImage(docker, image)) {
            return;
        }
        progress.accept("fetching the image " + image);
        DockerImageName name = DockerImageName.parse(image);
        try (Wait wait = Wait.until(
                        "fetching the image " + image, "given up when nothing has come for " + SILENCE_SECONDS + " s");
                Pull pull = docker.pullImageCmd(name.getUnversionedPart())
                        // Without one, the engine fetches all there are.
                        .withTag(name.getVersionPart())
                        .exec(new Pull())) {
            while (!pull.awaitCompletion(1, TimeUnit.SECONDS)) {
                wait.state(pull.state());
                if (pull.silentSeconds() > SILENCE_SECONDS) {
                    throw new TopologyException("docker.image = " + image + ": cannot be fetched: nothing has come for "
                            + SILENCE_SECONDS + " s. " + OTHER_WAYS + ".");
                }
            }
        } catch (DockerException | DockerClientException | IOException e) {
            throw new TopologyException(
                    "docker.image = " + image + ": cannot be fetched: " + reason(e) + ". " + OTHER_WAYS + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopologyException("docker.image = " + image + ": interrupted while fetching it");
        }
    }

    /** Knows how long ago the engine last told of its progress. */
    private static final class Pull extends PullImageResultCallback {
        private volatile long lastNanos = System.nanoTime();
        private volatile String lastItem = "";

        @Override
        public void onNext(PullResponseItem item) {
            lastNanos = System.nanoTime();
            lastItem = (item.getId() == null ? "" : item.getId() + " ") + item.getStatus();
            super.onNext(item);
        }

        /** For instance {@code last: 5d4c0b1f3a2e Downloading, 3 s ago}. */
        String state() {
            return lastItem.isEmpty() ? "" : "last: " + lastItem + ", " + silentSeconds() + " s ago";
        }

        long silentSeconds() {
            return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - lastNanos);
        }
    }

    static boolean hasImage(DockerClient docker, String image) {
        try {
            docker.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    /** The last lines that the container has said. */
    static String log(DockerClient docker, String container) {
        return log(docker, container, LOG_LINES);
    }

    static String log(DockerClient docker, String container, int lines) {
        // Written by another thread.
        @SuppressWarnings("JdkObsolete")
        StringBuffer text = new StringBuffer();
        ResultCallback.Adapter<Frame> reader = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
            }
        };
        try (reader) {
            docker.logContainerCmd(container)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTail(lines)
                    .exec(reader)
                    .awaitCompletion(LOG_SECONDS, TimeUnit.SECONDS);
        } catch (DockerException | IOException e) {
            return "it cannot be read: " + reason(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return text.toString()
                .lines()
                // Of the official image's entrypoint.
                .filter(line -> !line.contains("GENERATED ROOT PASSWORD"))
                .collect(Collectors.joining("\n"));
    }

    /** The first line of the innermost cause: what wraps it says less. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage()).strip();
        // The engine's own words come as JSON. Testcontainers' logs are off: what they say is here.
        return message.replaceFirst("(?s)^Status \\d+: \\{\"message\":\"(.*)\"}$", "$1")
                .replace("\\\"", "\"")
                .lines()
                .findFirst()
                .orElse("")
                .replace(" Please see logs and check configuration", "")
                .replaceFirst("\\.$", "");
    }
}
