package distributedmysql.run;

import distributedmysql.config.SettingsException;
import distributedmysql.mysql.TopologyException;
import distributedmysql.topology.Ending;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What a simulation's constructor throws is wrapped by Gatling and printed with its stack by whoever started Gatling (the
 * Maven plugin's {@code ForkMain} calls {@code printStackTrace}). Of what is meant for the person who runs the test only the
 * message is said, whole and once, and the JVM ends here.
 */
final class ErrorsOfUsers {
    /** As the JVM's own for an exception that nobody catches. */
    private static final int EXIT_CODE = 1;

    /** Classes that are no simulation of a user's. */
    private static final Pattern NOT_OF_USERS =
            Pattern.compile("(java|jdk|scala|io\\.gatling|distributedmysql(?!\\.simulations))\\..*");

    private ErrorsOfUsers() {}

    /** The step's result. A mistake of the program is thrown on, with its stack. */
    static <T> T orExit(Supplier<T> step) {
        return orExit(step, System::exit);
    }

    static <T> T orExit(Supplier<T> step, IntConsumer exit) {
        try {
            return step.get();
        } catch (SettingsException | TopologyException e) {
            String kind = Ending.hasBegun() ? "interrupted: " : "error: ";
            System.err.println("\n" + kind + e.getMessage() + "\n");
            exit.accept(EXIT_CODE);
            throw e;
        } catch (IllegalArgumentException e) {
            Optional<StackTraceElement> place = userCode(e);
            place.ifPresent(at -> {
                System.err.println(
                        "\nerror: " + e.getMessage() + " (" + at.getFileName() + ":" + at.getLineNumber() + ")\n");
                exit.accept(EXIT_CODE);
            });
            throw e;
        }
    }

    /** Where a simulation has given what one of our constructors refuses; empty if it was not a simulation. */
    private static Optional<StackTraceElement> userCode(Exception e) {
        return Arrays.stream(e.getStackTrace())
                .filter(call -> !NOT_OF_USERS.matcher(call.getClassName()).matches())
                .findFirst();
    }
}
