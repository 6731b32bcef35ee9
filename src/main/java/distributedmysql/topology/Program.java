package distributedmysql.topology;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program of a server's distribution that runs on this machine, such as {@code mysqldump}.
 *
 * @param environment what it needs beside the JVM's own environment, for instance a library path
 */
public record Program(Path file, Map<String, String> environment) {
    public Program {
        environment = Map.copyOf(environment);
    }

    /** Its command line. */
    public List<String> with(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(file.toString());
        command.addAll(arguments);
        return command;
    }
}
