package distributedmysql.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class PlotTest {
    private static final String SVG = "http://www.w3.org/2000/svg";

    @TempDir
    private Path directory;

    @Test
    void showsEachGeneratorByConnections() throws Exception {
        List<Summary> summaries = Summary.of(List.of(
                measured(GeneratorKind.SYSBENCH, 1, 9000),
                measured(GeneratorKind.ROUTED, 1, 8000),
                measured(GeneratorKind.SYSBENCH, 16, 20_000),
                measured(GeneratorKind.ROUTED, 16, 18_000),
                measured(GeneratorKind.SYSBENCH, 500, 10_000)));
        Path file = directory.resolve("plot.svg");

        assertThat(Plot.write(summaries, Workload.POINT_SELECT, file)).isTrue();

        DocumentBuilderFactory parser = DocumentBuilderFactory.newInstance();
        parser.setNamespaceAware(true);
        parser.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document svg = parser.newDocumentBuilder().parse(file.toFile());
        assertThat(svg.getElementsByTagNameNS(SVG, "path").getLength()).isPositive();
        assertThat(svg.getElementsByTagNameNS(SVG, "*").getLength())
                .isEqualTo(svg.getElementsByTagName("*").getLength());
    }

    @Test
    void oneNumberOfConnectionsIsNoPlot() throws IOException {
        List<Summary> summaries = Summary.of(List.of(measured(GeneratorKind.ROUTED, 16, 8000)));

        assertThat(Plot.write(summaries, Workload.POINT_SELECT, directory.resolve("plot.svg")))
                .isFalse();
        assertThat(directory).isEmptyDirectory();
    }

    private static Measurement measured(GeneratorKind generator, int connections, double rate) {
        LoadPlan plan = new LoadPlan(Workload.POINT_SELECT, connections, null, null, 1000, 2, 3);
        return new Measurement(generator, plan, 1, rate, 30, 80, 1 << 20, 1, List.of(), null);
    }
}
