package distributedmysql.comparison;

import distributedmysql.config.FilePath;
import distributedmysql.config.SettingsException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The command that looks in a directory of runs for when something changed.
 *
 * <p>Exit code: 0 whatever is found, because a change of last month would fail every build from then on; 1 the directory or the
 * arguments cannot be used.
 */
public final class FindChanges {
    private static final String USAGE = "usage: FindChanges DIRECTORY, with JSON summaries of runs";

    private FindChanges() {}

    /** Ends the JVM, as every command of this project does. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() != 1) {
            err.println(USAGE);
            return 1;
        }
        try {
            Path directory = FilePath.of("DIRECTORY", arguments.get(0));
            if (!Files.isDirectory(directory)) {
                throw new RunsException(directory + ": must be a directory with JSON summaries of runs");
            }
            Runs runs = Runs.of(directory, ComparedRun::kind);
            out.println("Looking for changes ...");
            RunHistory history = RunHistory.of(runs);
            Path file = ComparisonFile.write(history, "changes", directory);
            HistoryTable.lines(history).forEach(out::println);
            out.println("JSON: " + file);
            return 0;
        } catch (RunsException | SettingsException e) {
            err.println(e.getMessage());
            return 1;
        }
    }
}
