package distributedmysql.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import distributedmysql.check.CheckResult;
import distributedmysql.check.Meaning;
import distributedmysql.history.Event;
import distributedmysql.report.Figure;
import distributedmysql.report.NotRun;
import distributedmysql.report.Plot;
import distributedmysql.report.ReportException;
import distributedmysql.report.ReportWriter;
import distributedmysql.report.Reports;
import distributedmysql.report.RunReport;
import distributedmysql.report.Section;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    /** Ends a script, an attribute and a text, and says so in an element of its own if it is not escaped. */
    private static final String HOSTILE =
            "</script><script>bad()</script>\"'><img src=x onerror=bad()>&amp;\u2028{{ 1 }}";

    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"plots\">(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private Path directory;

    private String page(RunReport report) throws Exception {
        return Files.readString(HtmlReport.write(report, ReportWriter.write(report, directory)));
    }

    @Test
    void isNamedAsTheJsonSummaryIsAndReplacesNothing() {
        RunReport report = Reports.full();
        Path json = ReportWriter.write(report, directory);

        assertThat(HtmlReport.write(report, json)).hasFileName("report_20260304_050607.html");
        assertThat(HtmlReport.write(report, ReportWriter.write(report, directory)))
                .hasFileName("report_20260304_050607_2.html");
        assertThatThrownBy(() -> HtmlReport.write(report, json))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("report_20260304_050607.html: the HTML report cannot be written");
    }

    @Test
    @DisplayName(
            "The page has the verdict, the sections, stages, checks, events, servers and settings, and asks nobody for anything")
    void whole() throws Exception {
        String page = page(Reports.full());

        assertThat(page)
                .startsWith("<!DOCTYPE html>\n<!-- MySQL Distributed Test Framework: report -->")
                .contains("<h1 id=\"verdict\">PASS</h1>", "1 check VALID; 1 not run")
                .contains("select 200/s", "target rate", "failover async: lost writes", "promoted", "node2")
                .contains("data.scale", "simulations-config/quick.conf: 3", "test_report_20260304_050607.json")
                .contains("Proves that stages at a fixed rate really had that rate.", "docs/verdicts.md#target-rate");
        assertThat(page.replaceFirst("(?s)<script>.*", ""))
                .doesNotContain("src=\"", "url(", "@import", "http://", "https://");
    }

    @Test
    void whatFailedIsOnTheFirstScreenWithWhatToDo() throws Exception {
        CheckResult lost = CheckResult.invalid("lost writes", "3 of 9: 1, 2, 3 " + "and more ".repeat(100))
                .meaning(new Meaning("Acknowledged writes are gone.", "Too few.", "Look at the ledger."));
        RunReport full = Reports.full();
        RunReport failed =
                RunReport.of(full.run(), full.topology(), List.of(CheckResult.valid("a", "b"), lost), List.of());

        String first = page(failed).replaceFirst("(?s)<nav.*", "");

        assertThat(first)
                .contains(">FAIL</h1>", "1 check INVALID, 1 VALID", "lost writes", "3 of 9: 1, 2, 3")
                .contains("Acknowledged writes are gone.", "Look at the ledger.", "the whole evidence");
    }

    @Test
    void textOfOthersIsNoMarkup() throws Exception {
        RunReport full = Reports.full();
        RunReport hostile = RunReport.of(
                        full.run(),
                        full.topology(),
                        List.of(CheckResult.invalid(HOSTILE, HOSTILE).meaning(new Meaning(HOSTILE, HOSTILE, HOSTILE))),
                        List.of(new NotRun(HOSTILE, HOSTILE)))
                .with(full.stages(), Map.of("hostile", new Hostile(1)))
                .during(List.of(new Event(1, Instant.EPOCH, Event.Kind.FAULT, HOSTILE, HOSTILE)));

        String page = page(hostile);

        assertThat(page)
                .doesNotContain("<script>bad", "<img src=x", "\u2028{{ 1 }}\"")
                .contains("&lt;img src=x");
        Matcher data = DATA.matcher(page);
        assertThat(data.find()).isTrue();
        assertThat(data.group(1)).doesNotContain("<", ">", "&", "\u2028");
        assertThat(new JsonMapper().readTree(data.group(1)).at("/0/title").asText())
                .isEqualTo(HOSTILE);
    }

    record Hostile(int pictures) implements Section {
        @Override
        public List<String> console(UnaryOperator<String> mark) {
            return List.of(HOSTILE);
        }

        @Override
        public List<Figure> figures() {
            return List.of(new Figure(Figure.Question.LOSS, HOSTILE, HOSTILE));
        }

        @Override
        public List<Plot> plots() {
            return List.of(new Plot(
                    HOSTILE,
                    HOSTILE,
                    Plot.Axis.linear(HOSTILE),
                    Plot.Axis.linear(HOSTILE),
                    List.of(Plot.Series.line(HOSTILE, List.of(Plot.Point.of(1, 2.0)))),
                    List.of(new Plot.Mark(1, HOSTILE))));
        }
    }

    @Test
    @DisplayName("A run that was interrupted before anything was measured has a page too")
    void interrupted() throws Exception {
        RunReport full = Reports.full();
        RunReport bare = RunReport.of(full.run(), full.topology(), List.of(), List.of());

        assertThat(page(bare)).contains(">FAIL</h1>", "no check was made", "None was judged.");
    }

    record Failing(int pictures) implements Section {
        @Override
        public List<String> console(UnaryOperator<String> mark) {
            return List.of();
        }

        @Override
        public List<Plot> plots() {
            throw new IllegalStateException("no data");
        }
    }

    @Test
    @DisplayName("An experiment whose pictures fail does not take the run's result with it")
    void failingPlots() {
        RunReport report = Reports.full().with(List.of(), Map.of("failing", new Failing(1)));
        Path json = ReportWriter.write(report, directory);

        assertThatThrownBy(() -> HtmlReport.write(report, json))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("no data");
    }

    @Test
    void longSeriesAreThinnedOutAndKeepTheirExtremes() throws Exception {
        String page = page(Reports.full().with(List.of(), Map.of("drawn", new DrawnPlots.Drawn(1))));

        Matcher data = DATA.matcher(page);
        assertThat(data.find()).isTrue();
        JsonNode probe = new JsonMapper().readTree(data.group(1)).at("/4/series/0");
        assertThat(probe.at("/of").asInt()).isEqualTo(20_000);
        assertThat(probe.at("/y"))
                .hasSizeLessThanOrEqualTo(PlotData.MOST_POINTS)
                .anyMatch(y -> y.asDouble() == 400);
        assertThat(probe.at("/x/0").asDouble()).isZero();
        assertThat(page.length()).isLessThan(400_000);
    }

    @Test
    @DisplayName("A page with very many pictures has fewer points of each, and stays below 1.5 MB")
    void size() throws Exception {
        List<Plot> many = Collections.nCopies(100, DrawnPlots.all().get(4));

        assertThat(PlotData.json(many)).hasSizeLessThanOrEqualTo(PlotData.MOST_CHARACTERS);
    }
}
