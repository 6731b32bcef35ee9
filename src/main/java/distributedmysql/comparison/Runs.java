package distributedmysql.comparison;

import distributedmysql.config.Plural;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs of one kind, the oldest first.
 *
 * @param leftOut what else is in their directory, and why it is not among them, a line each
 */
record Runs(List<ComparedRun> all, List<String> leftOut) {
    /** Which runs of a directory belong together: those of which this is equal. */
    interface Sort {
        Map<String, String> of(ComparedRun run);
    }

    Runs {
        all = List.copyOf(all);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * One file, or of a directory all summaries of runs of the same sort as its latest one.
     *
     * @throws RunsException if there is none
     */
    static Runs of(Path place, Sort sort) {
        if (Files.isDirectory(place)) {
            return ofDirectory(place, sort);
        }
        if (!Files.exists(place)) {
            throw new RunsException(place + ": not found; must be a JSON summary of a run, or a directory of them");
        }
        return new Runs(List.of(RunReader.read(place)), List.of());
    }

    private static Runs ofDirectory(Path directory, Sort sort) {
        List<ComparedRun> runs = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (Path file : summaries(directory)) {
            try {
                runs.add(RunReader.read(file));
            } catch (RunsException e) {
                leftOut.add(e.getMessage());
            }
        }
        if (runs.isEmpty()) {
            throw new RunsException(directory + ": no run in it can be compared (test_report_*.json)"
                    + (leftOut.isEmpty() ? "" : "; for instance " + leftOut.get(0)));
        }
        runs.sort(Comparator.comparing(ComparedRun::start));
        Map<String, String> latest = sort.of(runs.get(runs.size() - 1));
        List<ComparedRun> alike =
                runs.stream().filter(run -> sort.of(run).equals(latest)).toList();
        int others = runs.size() - alike.size();
        if (others > 0) {
            leftOut.add(directory + ": " + Plural.of(others, "run") + " of another kind than the latest, "
                    + runs.get(runs.size() - 1).file().getFileName());
        }
        return new Runs(alike, leftOut);
    }

    private static List<Path> summaries(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> file.getFileName().toString().matches("test_report_\\d{8}_\\d{6}(_\\d+)?\\.json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new RunsException(directory + ": cannot be read");
        }
    }
}
