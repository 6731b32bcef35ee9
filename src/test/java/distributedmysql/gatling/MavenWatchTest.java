package distributedmysql.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.run.MavenWatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MavenWatchTest {
    @Test
    void aLauncherIsMaven() {
        assertThat(
                        MavenWatch.isMaven(
                                "/usr/lib/jvm/bin/java -classpath /usr/share/maven/boot/plexus-classworlds.jar"
                                        + " -Dmaven.home=/usr/share/maven org.codehaus.plexus.classworlds.launcher.Launcher gatling:test"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/bin/sh -c mvn gatling:test",
                "nohup mvn gatling:test",
                "java -jar idea.jar",
                "java -Dmaven.home=/usr/share/maven org.gradle.launcher.daemon.bootstrap.GradleDaemon"
            })
    void anythingElseIsNot(String commandLine) {
        assertThat(MavenWatch.isMaven(commandLine)).isFalse();
    }
}
