package distributedmysql.report.html;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/**
 * What the page has in itself, so that it needs no network, and the policy that lets a browser use exactly that.
 *
 * @param styles of uPlot and of the page
 * @param scripts of uPlot and of the page, in the order in which they run
 */
record Inlined(String styles, List<String> scripts) {
    private static final String OURS = "distributedmysql/report/html/";

    /** @throws IOException if a part is not on the class path */
    static Inlined read() throws IOException {
        String uPlot = "META-INF/resources/webjars/uplot/" + version("uplot") + "/dist/uPlot";
        return new Inlined(
                resource(uPlot + ".min.css") + "\n" + resource(OURS + "report.css"),
                List.of(resource(uPlot + ".iife.min.js"), resource(OURS + "plots.js"), resource(OURS + "report.js")));
    }

    /** The value of {@code Content-Security-Policy}: nothing is fetched from anywhere, and no other script runs. */
    public String policy() {
        StringBuilder policy =
                new StringBuilder("default-src 'none'; img-src data:; base-uri 'none'; form-action 'none';"
                        + " style-src " + hash(styles) + "; script-src");
        scripts.forEach(script -> policy.append(' ').append(hash(script)));
        return policy.toString();
    }

    private static String version(String webJar) throws IOException {
        Properties properties = new Properties();
        properties.load(
                new java.io.StringReader(resource("META-INF/maven/org.webjars.npm/" + webJar + "/pom.properties")));
        return properties.getProperty("version");
    }

    static String resource(String name) throws IOException {
        try (InputStream in = Inlined.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException(name + " is not on the class path");
            }
            // A browser hashes what it has read, with these line ends.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
