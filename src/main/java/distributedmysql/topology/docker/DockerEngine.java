package distributedmysql.topology.docker;

import com.github.dockerjava.api.DockerClient;
import distributedmysql.topology.TopologyException;
import org.testcontainers.DockerClientFactory;

/** The Docker engine that Testcontainers finds. */
final class DockerEngine {
    private static final String OTHER_WAYS = "-Dtopology=embedded starts servers without Docker; -Dtopology=external"
            + " uses servers that are already there";

    private DockerEngine() {}

    /** @throws TopologyException if there is none, or Testcontainers cannot use it */
    static DockerClient client() {
        try {
            return DockerClientFactory.instance().client();
        } catch (RuntimeException e) {
            throw new TopologyException("docker: " + reason(e) + ". Is a Docker engine running, and may this user use"
                    + " it (docker version)? " + OTHER_WAYS + ".");
        }
    }

    /** The first line of the innermost cause: what wraps it says less. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage()).strip();
        String line = message.lines().findFirst().orElse("");
        if (message.contains("testcontainers/ryuk")) {
            line += " (Testcontainers' image for cleaning up; TESTCONTAINERS_RYUK_DISABLED=true in the environment does"
                    + " without, and this framework still cleans up)";
        }
        return line;
    }
}
