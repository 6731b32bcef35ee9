package distributedmysql.benchmark;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The JVM as the Gatling Maven plugin starts it for users of this project. */
final class GatlingJvm {
    private static final int UNSAFE_IS_RESTRICTED = 24;
    private static final String POM_ARGUMENTS =
            "/project/build/plugins/plugin[artifactId='gatling-maven-plugin']/configuration/jvmArgs/jvmArg";

    private GatlingJvm() {}

    /** The command up to the class path, Gatling's preferences in the given directory. */
    static List<String> command(Path preferences) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(defaults());
        command.addAll(fromPom(Path.of("pom.xml")));
        command.add("-Djava.util.prefs.userRoot=" + preferences);
        command.addAll(List.of("-cp", classPath()));
        return command;
    }

    /** The plugin's own (version 4.21.12: io.gatling.plugin.GatlingConstants.DEFAULT_JVM_OPTIONS_GATLING). */
    private static List<String> defaults() {
        List<String> options = new ArrayList<>(
                List.of("-XX:+HeapDumpOnOutOfMemoryError", "-XX:MaxInlineLevel=20", "-XX:MaxTrivialSize=12"));
        if (Runtime.version().feature() >= UNSAFE_IS_RESTRICTED) {
            options.add("--sun-misc-unsafe-memory-access=allow");
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        options.addAll(List.of(
                "-Xmx1G",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"));
        return options;
    }

    /** Those that the POM adds, without those that hold Maven's settings. */
    static List<String> fromPom(Path pom) {
        try {
            Document document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
            NodeList found = (NodeList)
                    XPathFactory.newInstance().newXPath().evaluate(POM_ARGUMENTS, document, XPathConstants.NODESET);
            List<String> arguments = new ArrayList<>();
            for (int i = 0; i < found.getLength(); i++) {
                String argument = found.item(i).getTextContent().strip();
                if (!argument.contains("${")) {
                    arguments.add(argument);
                }
            }
            return arguments;
        } catch (ParserConfigurationException | SAXException | XPathExpressionException | IOException e) {
            throw new BenchmarkException(pom + ": cannot read Gatling's jvmArgs", e);
        }
    }

    /** Maven runs this class in its own JVM, with a class loader for the project. */
    private static String classPath() {
        if (!(Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        StringJoiner path = new StringJoiner(System.getProperty("path.separator"));
        try {
            for (URL url : loader.getURLs()) {
                path.add(Path.of(url.toURI()).toString());
            }
        } catch (URISyntaxException e) {
            throw new BenchmarkException("the class path", e);
        }
        return path.toString();
    }
}
