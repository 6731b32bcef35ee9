package distributedmysql.experiment.consistency.judge;

import distributedmysql.config.FilePath;
import distributedmysql.history.History;
import distributedmysql.history.HistoryException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The command that checks a saved history again, without servers: prints the verdicts of the run, word for word, and
 * then the {@code consistency} figures as JSON.
 *
 * <p>Exit code: 0 all checks are VALID; 2 one is INVALID or UNKNOWN; 1 the file or the arguments cannot be used.
 */
public final class RecheckHistory {
    private static final String USAGE = "usage: RecheckHistory [--until-damage] FILE";
    private static final String UNTIL_DAMAGE = "--until-damage";

    private RecheckHistory() {}

    /** Ends the JVM: an exit code is what this command is for. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        boolean untilDamage = arguments.contains(UNTIL_DAMAGE);
        List<String> files = arguments.stream()
                .filter(argument -> !argument.equals(UNTIL_DAMAGE))
                .toList();
        if (files.size() != 1 || files.get(0).startsWith("--")) {
            err.println(USAGE);
            return 1;
        }
        Optional<Path> named = FilePath.possible(files.get(0));
        if (named.isEmpty()) {
            err.println(files.get(0) + ": " + FilePath.why(files.get(0)));
            return 1;
        }
        Path file = named.get();
        try {
            ConsistencyVerdicts verdicts =
                    ConsistencyVerdicts.of(untilDamage ? History.readUntilDamage(file) : History.read(file));
            verdicts.lines().forEach(out::println);
            out.println(verdicts.json());
            return verdicts.areAllValid() ? 0 : 2;
        } catch (HistoryException e) {
            err.println(e.getMessage());
            if (!untilDamage && Files.isReadable(file)) {
                err.println("With " + UNTIL_DAMAGE + ", what is before the damage is checked.");
            }
            return 1;
        }
    }
}
