package distributedmysql.report;

import distributedmysql.config.FilePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What CI systems read, beside the JSON summary and under its name. */
public final class CiFiles {
    private static final String STEP_SUMMARY = "GITHUB_STEP_SUMMARY";

    private CiFiles() {}

    /**
     * Writes {@code junit_….xml} and {@code summary_….md}, and appends the summary to the file that {@code
     * GITHUB_STEP_SUMMARY} names, if it names one.
     *
     * @param json the JSON summary, {@code test_report_….json}
     * @param console what the console says at the end
     * @param environment usually {@link System#getenv()}
     * @return what could not be written, and why; the run's result is not lost for that
     */
    public static List<String> write(RunReport report, Path json, String console, Map<String, String> environment) {
        String name = RunFile.timestampOf(json);
        String summary = JobSummary.of(report, console);
        List<String> problems = new ArrayList<>();
        write(
                json.resolveSibling("junit_" + name + ".xml"),
                JUnitXml.of(report),
                problems,
                StandardOpenOption.CREATE_NEW);
        write(json.resolveSibling("summary_" + name + ".md"), summary, problems, StandardOpenOption.CREATE_NEW);
        String step = environment.getOrDefault(STEP_SUMMARY, "");
        if (!step.isBlank()) {
            FilePath.possible(step)
                    .ifPresentOrElse(
                            file -> write(
                                    file, summary, problems, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                            () -> problems.add(STEP_SUMMARY + " = " + step + ": " + FilePath.why(step)));
        }
        return problems;
    }

    private static void write(Path file, String text, List<String> problems, StandardOpenOption... options) {
        try {
            List<StandardOpenOption> all = new ArrayList<>(List.of(options));
            all.add(StandardOpenOption.WRITE);
            Files.write(file, text.getBytes(StandardCharsets.UTF_8), all.toArray(StandardOpenOption[]::new));
        } catch (IOException e) {
            problems.add(file.toAbsolutePath() + ": cannot be written: " + ReportWriter.reason(e));
        }
    }
}
