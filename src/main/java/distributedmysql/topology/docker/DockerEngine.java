package distributedmysql.topology.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import distributedmysql.topology.TopologyException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.testcontainers.DockerClientFactory;

/** The Docker engine that Testcontainers finds. */
final class DockerEngine {
    private static final String OTHER_WAYS = "-Dtopology=embedded starts servers without Docker; -Dtopology=external"
            + " uses servers that are already there";

    private static final long PULL_MINUTES = 15;

    private DockerEngine() {}

    /** Whether Testcontainers uses an image of its own for cleaning up, which it may have to fetch first. */
    static boolean needsRyuk() {
        return !"true".equalsIgnoreCase(System.getenv("TESTCONTAINERS_RYUK_DISABLED"));
    }

    /** @throws TopologyException if there is none, or Testcontainers cannot use it */
    static DockerClient client() {
        try {
            return DockerClientFactory.instance().client();
        } catch (RuntimeException e) {
            throw new TopologyException(
                    "docker: no engine was found: " + reason(e) + ". Is a Docker engine running, and may this user use"
                            + " it (docker version)? " + OTHER_WAYS + ".");
        }
    }

    /**
     * Fetches the image, unless it is there. Not left to Testcontainers, which tries for two minutes whatever the reason.
     *
     * @throws TopologyException if it cannot be had
     */
    static void fetchIfMissing(DockerClient docker, String image, Consumer<String> progress) {
        if (hasImage(docker, image)) {
            return;
        }
        progress.accept("fetching the image " + image);
        try {
            if (!docker.pullImageCmd(image).start().awaitCompletion(PULL_MINUTES, TimeUnit.MINUTES)) {
                throw new TopologyException(
                        "docker.image = " + image + ": not fetched within " + PULL_MINUTES + " minutes");
            }
        } catch (DockerException | DockerClientException e) {
            throw new TopologyException(
                    "docker.image = " + image + ": cannot be fetched: " + reason(e) + ". " + OTHER_WAYS + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopologyException("docker.image = " + image + ": interrupted while fetching it");
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

    /** The first line of the innermost cause: what wraps it says less. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage()).strip();
        // Testcontainers' logs are off: what they say is here.
        String line = message.lines()
                .findFirst()
                .orElse("")
                .replace(" Please see logs and check configuration", "")
                .replaceFirst("\\.$", "");
        if (message.contains("testcontainers/ryuk")) {
            line += " (Testcontainers' image for cleaning up; TESTCONTAINERS_RYUK_DISABLED=true in the environment does"
                    + " without, and this framework still cleans up)";
        }
        return line;
    }
}
