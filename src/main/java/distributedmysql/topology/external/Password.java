package distributedmysql.topology.external;

import distributedmysql.config.ExternalSettings;
import distributedmysql.topology.TopologyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The password for servers that are not ours, and where it was found.
 *
 * @param source for error messages; has no part of the password
 */
record Password(String text, String source) {

    /**
     * @param environment usually {@link System#getenv()}
     * @throws TopologyException if there is none; says where it was looked for
     */
    static Password find(ExternalSettings settings, Map<String, String> environment) {
        String name = settings.passwordEnv();
        String value = environment.get(name);
        if (value != null) {
            return new Password(value, "the environment variable " + name);
        }
        String unset = "the environment variable " + name + " (external.password-env) is not set";
        Path file = settings.passwordFile()
                .orElseThrow(() -> new TopologyException(
                        unset + ", and there is no external.password-file; one must hold the password of "
                                + settings.user()));
        try {
            return new Password(read(file, name, Files.readAllLines(file, StandardCharsets.UTF_8)), file.toString());
        } catch (IOException e) {
            throw new TopologyException(unset + ", and external.password-file = " + file + " cannot be read: " + e);
        }
    }

    private static String read(Path file, String name, List<String> lines) {
        String start = name + "=";
        for (String line : lines) {
            if (line.startsWith(start)) {
                return line.substring(start.length());
            }
        }
        List<String> content = lines.stream().filter(line -> !line.isBlank()).toList();
        if (content.size() != 1) {
            throw new TopologyException("external.password-file = " + file + ": has neither a line " + start
                    + "... nor one line that is the password");
        }
        return content.get(0);
    }

    @Override
    public String toString() {
        return source;
    }
}
