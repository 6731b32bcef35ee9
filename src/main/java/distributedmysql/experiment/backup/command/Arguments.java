package distributedmysql.experiment.backup.command;

import distributedmysql.backup.Target;
import distributedmysql.config.FilePath;
import distributedmysql.config.SettingsException;
import distributedmysql.config.Spelling;
import distributedmysql.mysql.Gtid;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The command line, read word by word. */
final class Arguments {
    private static final String JSON = "--json";
    private static final String REMOVE = "--remove";
    private static final String SHARD = "--shard";
    private static final String DIRECTORY = "--to-directory";
    private static final Set<String> WITH_VALUE = Set.of(SHARD, DIRECTORY);

    private static final String TARGETS = "gtid UUID:NUMBER, before UUID:NUMBER, time INSTANT, or end";

    /**
     * Of a word that can come first.
     *
     * @param follows what can follow it
     * @param does what is done then
     */
    private record Usage(String follows, String does) {}

    private static final Map<String, Usage> USAGE = new TreeMap<>(Map.of(
            "list",
            new Usage("[--json]", "what is stored, and whether it can be used"),
            "verify",
            new Usage("[ID ...]", "reads all of it again, restores each full backup, and reads every table there"),
            "verify-files",
            new Usage("PATH", "restores what a tool of your own has made, and reads every table there"),
            "restore",
            new Usage("ID [--to-directory DIRECTORY]", "makes a server of a backup"),
            "recover",
            new Usage(
                    "TARGET [--shard NUMBER] [--to-directory DIRECTORY]",
                    "makes a server as of a moment; TARGET is " + TARGETS),
            "retention",
            new Usage("[--remove]", "what is kept and what is not, and why; removes it only if told so")));

    private static final Map<String, Set<String>> OPTIONS = Map.of(
            "list", Set.of(JSON),
            "restore", Set.of(DIRECTORY),
            "recover", Set.of(SHARD, DIRECTORY),
            "retention", Set.of(REMOVE));

    private final String command;
    private final Deque<String> words = new ArrayDeque<>();
    private final Map<String, String> options = new HashMap<>();

    private Arguments(List<String> arguments) {
        if (arguments.isEmpty()) {
            throw new SettingsException("what is to be done with the backups? one of\n" + usage());
        }
        command = arguments.get(0);
        if (!USAGE.containsKey(command)) {
            throw new SettingsException(
                    "there is no command " + command + didYouMean(command, USAGE.keySet()) + "; there are\n" + usage());
        }
        Set<String> known = OPTIONS.getOrDefault(command, Set.of());
        Deque<String> left = new ArrayDeque<>(arguments.subList(1, arguments.size()));
        while (!left.isEmpty()) {
            String word = left.remove();
            if (!word.startsWith("--")) {
                words.add(word);
            } else if (!known.contains(word)) {
                throw refused("there is no option " + word + didYouMean(word, known));
            } else if (WITH_VALUE.contains(word) && left.isEmpty()) {
                throw refused(word + " needs a value");
            } else {
                options.put(word, WITH_VALUE.contains(word) ? left.remove() : "");
            }
        }
    }

    /** @throws SettingsException if it is not as the command knows it; says how it is to be */
    static Request read(List<String> arguments) {
        Arguments read = new Arguments(arguments);
        Request request = read.request();
        if (!read.words.isEmpty()) {
            throw read.refused("one word too many: " + read.words.element());
        }
        return request;
    }

    private Request request() {
        return switch (command) {
            case "list" -> new Request.Show(options.containsKey(JSON));
            case "verify" -> new Request.Verify(ids());
            case "verify-files" -> new Request.VerifyFiles(FilePath.of(command, next("a directory or a file")));
            case "restore" -> new Request.Restore(next("a backup"), directory());
            case "recover" -> new Request.Recover(target(), shard(), directory());
            default -> new Request.Retain(options.containsKey(REMOVE));
        };
    }

    private List<String> ids() {
        List<String> ids = new ArrayList<>(words);
        words.clear();
        return ids;
    }

    private String next(String what) {
        if (words.isEmpty()) {
            throw refused("name " + what);
        }
        return words.remove();
    }

    private Optional<Path> directory() {
        return Optional.ofNullable(options.get(DIRECTORY)).map(text -> FilePath.of(command + " " + DIRECTORY, text));
    }

    private Optional<Integer> shard() {
        Optional<String> text = Optional.ofNullable(options.get(SHARD));
        if (text.filter(number -> !number.matches("\\d{1,4}")).isPresent()) {
            throw refused(SHARD + " " + text.get() + ": must be a number from 0 on");
        }
        return text.map(Integer::valueOf);
    }

    /** Empty for the end. */
    private Optional<Target> target() {
        String kind = next("a target: " + TARGETS);
        return switch (kind) {
            case "gtid" -> Optional.of(Target.upTo(gtid()));
            case "before" -> Optional.of(Target.before(gtid()));
            case "time" -> Optional.of(Target.at(time()));
            case "end" -> Optional.empty();
            default ->
                throw refused("there is no target " + kind + didYouMean(kind, List.of("gtid", "before", "time", "end"))
                        + "; must be " + TARGETS);
        };
    }

    private Gtid gtid() {
        try {
            return Gtid.parse(next("a GTID"));
        } catch (IllegalArgumentException e) {
            throw refused(e.getMessage());
        }
    }

    private Instant time() {
        String text = next("a time");
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw refused("'" + text + "' is no time; must be as 2026-03-01T12:00:00Z or 2026-03-01T13:00:00.5+01:00");
        }
    }

    private SettingsException refused(String why) {
        return new SettingsException(command + ": " + why + "\n" + usage(command));
    }

    private static String usage() {
        return USAGE.keySet().stream().map(Arguments::usage).collect(Collectors.joining("\n"));
    }

    private static String usage(String command) {
        Usage usage = USAGE.get(command);
        return "  " + command + " " + usage.follows() + "\n      " + usage.does();
    }

    /** For the end of a message. */
    static String didYouMean(String typed, Collection<String> known) {
        return Spelling.near(typed, known)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
    }
}
