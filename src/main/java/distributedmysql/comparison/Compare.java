package distributedmysql.comparison;

import distributedmysql.config.FilePath;
import distributedmysql.config.SettingsException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The command that compares runs: two JSON summaries, or two directories of them.
 *
 * <p>Exit code: 0 nothing is seen to be worse; 2 something is; 1 the files or the arguments cannot be used.
 */
public final class Compare {
    private static final String USAGE = "usage: Compare OLD NEW, each a JSON summary of a run or a directory of them";

    private Compare() {}

    /** Ends the JVM: an exit code is what this command is for. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() != 2) {
            err.println(USAGE);
            return 1;
        }
        try {
            Path now = FilePath.of("NEW", arguments.get(1));
            Comparison comparison = Comparison.of(
                    Runs.of(FilePath.of("OLD", arguments.get(0)), ComparedRun::traits),
                    Runs.of(now, ComparedRun::traits));
            Path file = ComparisonFile.write(comparison, "comparison", now);
            ComparisonTable.lines(comparison).forEach(out::println);
            out.println("JSON: " + file);
            return comparison.of(MetricComparison.Finding.WORSE).isEmpty() ? 0 : 2;
        } catch (RunsException | SettingsException e) {
            err.println(e.getMessage());
            return 1;
        }
    }
}
