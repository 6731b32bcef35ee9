package distributedmysql.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * {@code make new-experiment NAME=row-echo}: the folder of an experiment, its settings, its page and its line of the list, made
 * from the one of {@code ToySimulation}, which is documented and tested. Run as a source file, so it needs nothing but a JDK.
 */
final class NewExperiment {
    private static final String TOY = "src/test/java/distributedmysql/simulations/ToySimulation.java";
    private static final String CODE = "src/main/java/distributedmysql/experiment";
    private static final String LIST = CODE + "/Experiments.java";
    private static final String SETTINGS = "simulations-config/experiments";
    private static final String DEFAULTS = "simulations-config/default.conf";
    private static final String SCHEMA = "docs/test-report.schema.json";
    private static final Path SOURCES = Path.of("src/main/java/distributedmysql");

    private static final String TWO_WORDS = "; take two words that nothing else has, such as NAME=row-echo";

    private final Path project;
    private final String name;
    private final String inWords;
    private final String folder;
    private final String type;

    private NewExperiment(Path project, String name) {
        this.project = project;
        this.name = name;
        this.inWords = name.replace('-', ' ');
        this.folder = name.replace("-", "");
        this.type = inTitleCase(name);
    }

    public static void main(String[] arguments) throws IOException {
        try {
            make(Path.of(""), String.join(" ", arguments)).forEach(System.out::println);
        } catch (IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage());
            System.exit(2);
        }
    }

    /**
     * @return what it made, and what is left to do, for people
     * @throws IllegalArgumentException if the name is not allowed or taken; nothing is made then
     */
    static List<String> make(Path project, String name) throws IOException {
        if (!name.matches("[a-z]+(-[a-z]+)*") || SourceVersion.isKeyword(name)) {
            throw new IllegalArgumentException("NAME = " + name
                    + ": must be lower-case words, joined by hyphens, and no word of Java's own, such as"
                    + " NAME=row-echo");
        }
        NewExperiment made = new NewExperiment(project, name);
        made.refuseTaken();
        return made.make();
    }

    private void refuseTaken() throws IOException {
        for (String file : List.of(CODE + "/" + folder, SETTINGS + "/" + name + ".conf", page())) {
            if (Files.exists(project.resolve(file))) {
                throw new IllegalArgumentException("NAME = " + name + ": there is " + file + " already");
            }
        }
        if (Pattern.compile("(?m)^" + name + "\\b[ .{=]")
                .matcher(read(DEFAULTS))
                .find()) {
            throw new IllegalArgumentException(
                    "NAME = " + name + ": " + DEFAULTS + " has settings of this name, which are no experiment's");
        }
        if (summaryKeys().contains(inCamelCase())) {
            throw new IllegalArgumentException("NAME = " + name + ": the JSON summary has \"" + inCamelCase()
                    + "\" already, among " + String.join(", ", summaryKeys()) + TWO_WORDS);
        }
        refuseMentioned(project, name);
    }

    /** Otherwise {@code ExperimentsAloneTest} would find it all over the sources. */
    static void refuseMentioned(Path project, String name) throws IOException {
        for (Path file : sources(project)) {
            Set<String> mentions = mentions(Files.readString(project.resolve(file)), name);
            if (!mentions.isEmpty()) {
                throw new IllegalArgumentException("NAME = " + name + ": " + file + " has \""
                        + String.join("\", \"", mentions)
                        + "\", and nothing but its own folder may name an experiment (ExperimentsAloneTest)"
                        + TWO_WORDS);
            }
        }
    }

    /** @return those of the framework, except the list of experiments, from the project's directory */
    static List<Path> sources(Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project.resolve(SOURCES))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(project::relativize)
                    .filter(file -> !file.equals(Path.of(LIST)))
                    .sorted()
                    .toList();
        }
    }

    /** What names the experiment of this key: the key, a constant, a type or a package. */
    static Set<String> mentions(String source, String key) {
        Set<String> found = types(source, key);
        found.addAll(all("(?i)\\b" + key + "\\b|\\b" + key.replace('-', '_') + "\\b", source));
        if (key.contains("-")) {
            found.addAll(all("\\bexperiment\\." + key.replace("-", "") + "\\b", source));
        }
        return found;
    }

    static Set<String> types(String source, String key) {
        return new TreeSet<>(all("\\b" + inTitleCase(key) + "[A-Z]\\w*", source));
    }

    static List<String> all(String pattern, String source) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(source)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    /** The keys of the whole, by the schema that is made from its record; it is read as text, because only a JDK is there. */
    private List<String> summaryKeys() throws IOException {
        String properties = read(SCHEMA).replaceFirst("(?s).*?\n  \"properties\" : \\{(.*?)\n  }.*", "$1");
        return Pattern.compile("(?m)^ {4}\"(\\w+)\" :")
                .matcher(properties)
                .results()
                .map(key -> key.group(1))
                .toList();
    }

    private String inCamelCase() {
        return type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    }

    private List<String> make() throws IOException {
        String toy = read(TOY);
        List<String> imports =
                toy.lines().filter(line -> line.startsWith("import ")).toList();
        List<String> made = new ArrayList<>();
        for (String part : List.of("Experiment", "Settings", "Section", "Run")) {
            String file = CODE + "/" + folder + "/" + type + part + ".java";
            made.add(write(file, source(body(toy, part.equals("Experiment") ? "Toy" : "Toy" + part), imports)));
        }
        made.add(write(
                CODE + "/" + folder + "/package-info.java",
                "/** TODO What is done meanwhile, and what it proves. */\npackage distributedmysql.experiment." + folder
                        + ";\n"));
        made.add(write(SETTINGS + "/" + name + ".conf", settings(toy)));
        made.add(write(
                page(), "# " + capital(inWords) + "\n\nTODO What it plays, what it proves, and how to read it.\n"));
        // Failover is the last, because it changes the roles.
        made.add(write(
                DEFAULTS,
                read(DEFAULTS)
                        .replace(
                                "include \"experiments/failover.conf\"",
                                "include \"experiments/" + name + ".conf\"\ninclude \"experiments/failover.conf\"")));
        made.add(write(LIST, listed()));
        made.add("Next: its load, what is done meanwhile, its checks with a test each, and its section: in these files."
                + " Then make schema, and a paragraph for each check in docs/verdicts.md (docs/adding-an-experiment.md); make test names what is missing."
                + " To play it: mvn gatling:test -Dexperiments=" + name
                + "; FullSimulation does not play it by itself.");
        return made;
    }

    /** One of the toy's types, without the class that is around it. */
    private static String body(String toy, String type) {
        List<String> member = new ArrayList<>();
        for (String line : toy.lines()
                .dropWhile(line -> !line.contains(" class ToySimulation "))
                .toList()) {
            member.add(line.replaceFirst("^ {4}", ""));
            if (line.equals("    }")) {
                if (member.stream().anyMatch(each -> each.matches(".*\\b(class|record) " + type + "\\b.*"))) {
                    return String.join("\n", member.subList(member.indexOf("") + 1, member.size())) + "\n";
                }
                member.clear();
            }
        }
        throw new IllegalStateException(TOY + " has no " + type);
    }

    private String source(String body, List<String> imports) {
        String named = body
                // A file has the defaults.
                .replaceFirst("(?s) {4}@Override\n {4}public String defaults\\(\\) \\{.*?\n {4}}\n\n", "")
                .replaceFirst("(?m)^(?:private |public )?(?:static )?(final class Toy |record )", "public $1")
                .replaceFirst("(?m)^private static final class", "final class")
                .replaceAll("\\bToy(?=Settings|Section|Run)", type)
                .replaceAll("\\bToy\\b(?= implements)", type + "Experiment")
                .replace("\"Toy: ", "\"" + capital(inWords) + ": ")
                .replace("toy-reads", name)
                .replaceAll("toy( reads)?\"", inWords + "\"");
        String used = imports.stream()
                .filter(line -> Pattern.compile("\\b" + line.replaceFirst(".*\\.(\\w+);", "$1") + "\\b")
                        .matcher(named)
                        .find())
                .collect(Collectors.joining("\n"));
        return "package distributedmysql.experiment." + folder + ";\n\n" + used + "\n\n" + named;
    }

    private String settings(String toy) {
        MatchResult defaults = Pattern.compile("\"toy-reads \\{ (.*) }\"")
                .matcher(toy)
                .results()
                .findFirst()
                .orElseThrow();
        return Stream.of(defaults.group(1).split(", "))
                .collect(Collectors.joining(
                        "\n  # TODO\n  ", "# TODO What it plays.\n" + name + " {\n  # TODO\n  ", "\n}\n"));
    }

    private String listed() throws IOException {
        String constant = name.replace('-', '_').toUpperCase(Locale.ROOT);
        return read(LIST)
                .replaceFirst(
                        "(import distributedmysql\\.experiment\\.)",
                        "import distributedmysql.experiment." + folder + "." + type + "Experiment;\n$1")
                .replaceFirst(
                        "(\n\n {4}/\\*\\* Last, because)",
                        "\n    public static final Experiment " + constant + " = new " + type + "Experiment();$1")
                .replaceFirst(",(\\s+)FAILOVER\\)", ",$1" + constant + ",$1FAILOVER)");
    }

    private String page() {
        return "docs/experiments/" + name + ".md";
    }

    private static String inTitleCase(String name) {
        return Arrays.stream(name.split("-")).map(NewExperiment::capital).collect(Collectors.joining());
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private String read(String file) throws IOException {
        return Files.readString(project.resolve(file));
    }

    /** @return the file, for people */
    private String write(String file, String content) throws IOException {
        Files.createDirectories(project.resolve(file).getParent());
        Files.writeString(project.resolve(file), content);
        return file;
    }
}
