package distributedmysql.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What the run was made with, as found at run time; null where a library does not say. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ToolVersions(
        @JsonPropertyDescription("Version of this framework.")
        String framework,

        @JsonPropertyDescription("Version of Gatling.") @Nullable
        String gatling,

        @JsonPropertyDescription("Version of MySQL Connector/J.") @Nullable
        String connectorJ,

        @JsonPropertyDescription("Version of HikariCP.") @Nullable
        String hikariCP,

        @JsonPropertyDescription("Vendor and version of the Java virtual machine.")
        String java,

        @JsonPropertyDescription("Name, version and architecture of the operating system.")
        String os) {

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
