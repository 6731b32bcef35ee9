package distributedmysql.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What users are told to type or paste, as it stands in the documents and in the comments of the files for users. */
public final class Documents {
    /** In Markdown an indented line; in a comment one that is indented by three blanks or more. */
    private static final Pattern MARKDOWN = Pattern.compile("^ {4}(.*)$");

    private static final Pattern COMMENT = Pattern.compile("^ *# {3}( *\\S.*)$");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

    private Documents() {}

    /**
     * Lines that belong together.
     *
     * @param line of the first one in the file, from 1
     * @param lines without what makes them a block
     */
    public record Block(Path file, int line, List<String> lines) {
        /** Without comments; lines that a backslash continues are one. */
        public List<String> commands() {
            return String.join("\n", lines)
                    .replaceAll("\\\\\n\\s*", "")
                    .lines()
                    .map(each -> each.replaceFirst("\\s+# .*$", ""))
                    .filter(each -> !each.isBlank() && !each.strip().startsWith("#"))
                    .toList();
        }

        /** Of one line. */
        String text() {
            return lines.get(0).strip();
        }

        public String first() {
            return commands().get(0).strip();
        }

        @Override
        public String toString() {
            return file + ":" + line + ": " + lines.get(0).strip();
        }
    }

    /** README and what is beside it, pages, profiles and what is for containers. */
    public static List<Path> files() {
        List<Path> files = new ArrayList<>(Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                .map(Path::of)
                .toList());
        for (String folder : List.of("docs", "simulations-config", "docker")) {
            try (Stream<Path> found = Files.walk(Path.of(folder))) {
                found.filter(file -> file.toString().matches(".*\\.(md|conf|yml|cnf|env)"))
                        .sorted()
                        .forEach(files::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return files;
    }

    public static List<Block> blocks() {
        return files().stream().flatMap(file -> blocks(file).stream()).toList();
    }

    public static List<Block> blocks(Path file) {
        boolean markdown = file.toString().endsWith(".md");
        List<Block> blocks = new ArrayList<>();
        List<String> open = new ArrayList<>();
        boolean fenced = false;
        int number = 0;
        for (String line : lines(file)) {
            number++;
            boolean fence = markdown && line.strip().startsWith("```");
            fenced = fence != fenced;
            Matcher indented = (markdown ? MARKDOWN : COMMENT).matcher(line);
            boolean belongs = !fence && (fenced || indented.matches());
            if (belongs) {
                open.add(fenced ? line : indented.group(1));
            } else if (!open.isEmpty()) {
                add(blocks, file, number - open.size(), open);
                open = new ArrayList<>();
            }
        }
        if (!open.isEmpty()) {
            add(blocks, file, number - open.size() + 1, open);
        }
        return blocks;
    }

    /** Comments alone say what to type to nobody. */
    private static void add(List<Block> blocks, Path file, int line, List<String> lines) {
        Block block = new Block(file, line, List.copyOf(lines));
        if (!block.commands().isEmpty()) {
            blocks.add(block);
        }
    }

    /** What is in backquotes within the text of a page. */
    public static List<Block> spans() {
        List<Block> spans = new ArrayList<>();
        for (Path file : files()) {
            if (file.toString().endsWith(".md")) {
                int number = 0;
                for (String line : lines(file)) {
                    number++;
                    Matcher span = SPAN.matcher(line);
                    while (!line.startsWith("    ") && span.find()) {
                        spans.add(new Block(file, number, List.of(span.group(1))));
                    }
                }
            }
        }
        return spans;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
