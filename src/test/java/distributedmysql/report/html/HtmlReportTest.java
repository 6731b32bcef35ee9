package distributedmysql.report.html;

import distributedmysql.report.ReportWriter;
import distributedmysql.report.Reports;
import distributedmysql.report.RunReport;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    @TempDir
    private Path directory;

    @Test
    void isWritten() throws Exception {
        RunReport report = Reports.full();
        Path json = ReportWriter.write(report, Path.of("/tmp/htmlwork"));
        Path page = HtmlReport.write(report, json);
        Path j2 = ReportWriter.write(report, Path.of("/tmp/htmlwork"));
        HtmlReport.write(Reports.full().with(report.stages(), Map.of("drawn", DrawnPlots.section())), j2);
    }
}
