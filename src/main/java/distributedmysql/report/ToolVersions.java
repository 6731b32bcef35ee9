package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What the run was made with, as found at run time; null where a library does not say.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ToolVersions(
        String framework, String gatling, String connectorJ, String hikariCP, String java, String os) {

    /** The versions of this JVM. */
    public static ToolVersions read() {
        return new ToolVersions(
                property("/distributedmysql/report/version.properties"),
                io.gatling.javaapi.core.Simulation.class.getPackage().getImplementationVersion(),
                com.mysql.cj.jdbc.Driver.class.getPackage().getImplementationVersion(),
                property("/META-INF/maven/com.zaxxer/HikariCP/pom.properties"),
                System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
    }

    private static String property(String resource) {
        try (InputStream stream = ToolVersions.class.getResourceAsStream(resource)) {
            if (stream == null) {
                return null;
            }
            Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
