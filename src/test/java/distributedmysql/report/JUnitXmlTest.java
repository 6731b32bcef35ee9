package distributedmysql.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import distributedmysql.check.CheckResult;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class JUnitXmlTest {
    private static final CheckResult VALID = CheckResult.valid("target rate", "all of 3 stages");
    private static final CheckResult INVALID =
            CheckResult.invalid("lost writes", "3 of 9 are not on node2: " + "12345, ".repeat(500) + "end");
    private static final CheckResult UNKNOWN = CheckResult.unknown("replication lag", "no samples");

    @Test
    @DisplayName("INVALID is a failure and UNKNOWN an error, with all of their evidence; VALID has passed")
    void verdicts() throws Exception {
        Document xml = valid(Reports.of(List.of(VALID, INVALID, UNKNOWN), true));

        assertThat(names(xml, "failure")).containsExactly("lost writes");
        assertThat(names(xml, "error")).containsExactly("replication lag");
        assertThat(texts(xml, "failure")).containsExactly(INVALID.evidence());
        assertThat(texts(xml, "error")).containsExactly("no samples");
        Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        assertThat(suite.getAttribute("timestamp")).isEqualTo("2026-03-04T05:06:07");
        assertThat(suite.getAttribute("time")).isEqualTo("90.500");
    }

    @Test
    void aRunInWhichAllIsValidHasNoProblem() throws Exception {
        Document xml = valid(Reports.of(List.of(VALID), true));

        assertThat(names(xml, "failure")).isEmpty();
        assertThat(names(xml, "error")).isEmpty();
        assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(1);
    }

    @Test
    void whatWasNotRunIsSkippedWithTheReason() throws Exception {
        Document xml = valid(Reports.full());

        assertThat(names(xml, "skipped")).containsExactly("failover async: lost writes");
        Element skipped = (Element) xml.getElementsByTagName("skipped").item(0);
        assertThat(skipped.getAttribute("message")).isEqualTo("not ours");
        assertThat(skipped.getTextContent()).isEqualTo("not ours");
    }

    @Test
    @DisplayName("A run that was interrupted, or has no check, is an error even where nothing was found wrong")
    void incomplete() throws Exception {
        assertThat(texts(valid(Reports.of(List.of(VALID), false)), "error"))
                .containsExactly("interrupted; the 1 check that was judged is VALID");
        assertThat(texts(valid(Reports.of(List.of(), true)), "error")).containsExactly("no check was made");
        assertThat(texts(valid(Reports.interrupted()), "error")).hasSize(1);
    }

    @Test
    @DisplayName("Whatever a key or a server's message consists of, the file is XML and the text is readable")
    void anyText() throws Exception {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c < 0x300; c++) {
            all.append((char) c);
        }
        String hostile = all + "<![CDATA[ ]]> &amp; <a href='x'>\"\uD83D\uDE00\uD800x\uFFFE\uFFFF-->";
        Document xml = valid(
                Reports.of(List.of(CheckResult.invalid(hostile, hostile), CheckResult.unknown("a\nb", hostile)), true));

        String text = texts(xml, "failure").get(0);
        assertThat(text)
                .startsWith("\\u0000\\u0001")
                .contains(
                        "\t\n\\u000b\\u000c\\u000d",
                        "\\u001b",
                        "\\u007f",
                        "<![CDATA[ ]]> &amp; <a href='x'>\"\uD83D\uDE00")
                .endsWith("\\ud800x\\ufffe\\uffff-->");
    }

    @Test
    @DisplayName("The schema of this test does refuse something")
    void theSchemaRefuses() {
        String xml = JUnitXml.of(Reports.of(List.of(INVALID), true));

        assertThatThrownBy(() -> validate(xml.replace("tests=\"1\"", "tests=\"one\"")))
                .isInstanceOf(SAXException.class);
        assertThatThrownBy(() -> validate(xml.replaceAll("\\bfailure\\b", "invalid")))
                .isInstanceOf(SAXException.class);
    }

    private static Document valid(RunReport report) throws Exception {
        String xml = JUnitXml.of(report);
        validate(xml);
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)));
    }

    private static void validate(String xml) throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(JUnitXmlTest.class.getResource("/junit.xsd"))
                .newValidator()
                .validate(new StreamSource(new StringReader(xml)));
    }

    private static List<String> names(Document xml, String problem) {
        List<String> names = new ArrayList<>();
        NodeList found = xml.getElementsByTagName(problem);
        for (int i = 0; i < found.getLength(); i++) {
            names.add(((Element) found.item(i).getParentNode()).getAttribute("name"));
        }
        return names;
    }

    private static List<String> texts(Document xml, String element) {
        List<String> texts = new ArrayList<>();
        NodeList found = xml.getElementsByTagName(element);
        for (int i = 0; i < found.getLength(); i++) {
            texts.add(found.item(i).getTextContent());
        }
        return texts;
    }
}
