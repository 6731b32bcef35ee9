package distributedmysql.backup.store;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/** An S3 server in a process of its own, because its libraries do not go together with ours. Takes any credentials. */
public final class S3Mock implements AutoCloseable {
    private static final String VERSION = "5.2.0";
    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    private S3Mock(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param directory for its log, its data, and what it leaves */
    public static S3Mock start(Path directory, String bucket) throws Exception {
        int port = freePort();
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        // Its web server leaves its own directories there.
                        "-Djava.io.tmpdir=" + directory,
                        "-cp",
                        classPath(),
                        "com.adobe.testing.s3mock.S3MockApplication",
                        "--server.port=0",
                        "--com.adobe.testing.s3mock.httpPort=" + port,
                        "--com.adobe.testing.s3mock.store.root=" + directory.resolve("s3"),
                        "--com.adobe.testing.s3mock.store.initialBuckets=" + bucket))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("s3mock.log").toFile())
                .start();
        S3Mock mock = new S3Mock(process, port);
        try {
            Awaitility.await().atMost(START).until(() -> mock.answers() || !process.isAlive());
            if (!process.isAlive()) {
                throw new IllegalStateException(Files.readString(directory.resolve("s3mock.log")));
            }
            return mock;
        } catch (RuntimeException | IOException e) {
            mock.close();
            throw e;
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private boolean answers() {
        try {
            endpoint().toURL().openStream().close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** As Maven would resolve it; its own choice of slf4j is two that exclude each other. */
    private static String classPath() throws DependencyResolutionException {
        try (Context context = Runtimes.INSTANCE.getRuntime().create(overrides())) {
            CollectRequest all = new CollectRequest(
                    new Dependency(new DefaultArtifact("com.adobe.testing", "s3mock", "jar", VERSION), "runtime"),
                    context.remoteRepositories());
            all.addManagedDependency(
                    new Dependency(new DefaultArtifact("org.slf4j", "slf4j-api", "jar", "2.0.17"), "runtime"));
            return context
                    .repositorySystem()
                    .resolveDependencies(context.repositorySystemSession(), new DependencyRequest(all, null))
                    .getArtifactResults()
                    .stream()
                    .map(result -> result.getArtifact().getFile().toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static ContextOverrides overrides() {
        ContextOverrides.Builder overrides = ContextOverrides.create().withUserSettings(true);
        String offline = System.getProperty("maven.offline");
        if (offline != null) {
            overrides.offline(Boolean.parseBoolean(offline));
        }
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            overrides.withLocalRepositoryOverride(Path.of(repository));
        }
        return overrides.build();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
