package distributedmysql.topology.external;

import distributedmysql.config.ExternalSettings;
import distributedmysql.mysql.TopologyException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The password for servers that are not ours, and where it was found.
 *
 * <p>A file in which a line begins with the variable's name and {@code =} or {@code :}, with or without {@code export}, is read
 * as Docker Compose reads {@code .env}. Any other must have one line, and that is the password as it stands, whatever
 * characters it has.
 *
 * @param source for error messages; has no part of the password
 */
record Password(String text, String source) {
    private static final Path OF_COMPOSE = Path.of("docker/.env");

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
        refuseElsewhere(settings, file, unset);
        try {
            return new Password(
                    read(file, name, Files.readString(file), environment),
                    file + ", because the environment variable " + name + " is not set");
        } catch (CharacterCodingException e) {
            throw new TopologyException("external.password-file = " + file + ": is not UTF-8");
        } catch (IOException e) {
            throw new TopologyException(unset + ", and external.password-file = " + file + " cannot be read: " + e);
        }
    }

    /** Nobody who forgets to set the variable sends that password to servers far away. */
    private static void refuseElsewhere(ExternalSettings settings, Path file, String unset) {
        settings.sets().stream()
                .flatMap(set -> set.addresses().stream())
                .filter(server -> file.equals(OF_COMPOSE) && !server.isLoopback())
                .findFirst()
                .ifPresent(server -> {
                    throw new TopologyException(unset + "; external.password-file = " + file
                            + " is for the servers of docker/docker-compose.yml on this machine, and was not sent to "
                            + server + ": set the variable, or name a file of your own");
                });
    }

    private static String read(Path file, String name, String content, Map<String, String> environment) {
        // Some editors begin a file with a byte order mark.
        String text = content.startsWith("\uFEFF") ? content.substring(1) : content;
        if (Pattern.compile("^\\s*(?:export\\s+)?" + Pattern.quote(name) + "\\s*[=:]", Pattern.MULTILINE)
                .matcher(text)
                .find()) {
            String value = EnvFile.read(file, text, environment).get(name);
            if (value != null) {
                return value;
            }
        }
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() != 1) {
            throw new TopologyException("external.password-file = " + file + ": has neither a line " + name
                    + "=... nor one line that is the password");
        }
        return lines.get(0);
    }

    @Override
    public String toString() {
        return source;
    }
}
