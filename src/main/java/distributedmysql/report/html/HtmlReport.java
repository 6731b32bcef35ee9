package distributedmysql.report.html;

import distributedmysql.report.ReportException;
import distributedmysql.report.RunReport;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Writes the HTML report. */
public final class HtmlReport {
    private HtmlReport() {}

    /**
     * Writes {@code report_YYYYMMDD_HHMMSS.html} beside the JSON summary and under its name.
     *
     * @param json the JSON summary, {@code test_report_….json}
     * @return the file
     * @throws ReportException if it cannot be made or written, whatever the reason; nothing of it is left then
     */
    public static Path write(RunReport report, Path json) {
        String name = json.getFileName().toString().replaceFirst("^test_", "").replaceFirst("[.]json$", ".html");
        Path file = json.resolveSibling(name);
        try {
            write(page(report, json).getBytes(StandardCharsets.UTF_8), file);
            return file;
        } catch (IOException | RuntimeException e) {
            // Whatever an experiment's pictures do: the run has its verdict, and the JSON summary has the figures.
            throw new ReportException(
                    file.toAbsolutePath() + ": the HTML report cannot be written: " + e + "; the JSON summary has all"
                            + " figures",
                    e);
        }
    }

    private static void write(byte[] page, Path file) throws IOException {
        Files.createFile(file);
        try {
            Files.write(file, page);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** The whole page. */
    static String page(RunReport report, Path json) throws IOException {
        Page page = Page.of(report, json);
        StringWriter text = new StringWriter();
        new PebbleEngine.Builder()
                .loader(new ClasspathLoader(HtmlReport.class.getClassLoader()))
                .defaultLocale(Locale.ROOT)
                .strictVariables(true)
                .build()
                .getTemplate("distributedmysql/report/html/report.html")
                .evaluate(text, Map.of("page", page, "inlined", Inlined.read()));
        return text.toString();
    }
}
