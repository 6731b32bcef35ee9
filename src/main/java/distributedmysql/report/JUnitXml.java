package distributedmysql.report;

import distributedmysql.check.CheckResult;
import distributedmysql.check.Verdict;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The checks of a run as JUnit's XML, as CI systems read it: a check is a test case. {@code VALID} has passed, {@code
 * INVALID} is a failure, {@code UNKNOWN} an error, each with its whole evidence; a check that was not run is skipped. Both
 * failures and errors fail a build, as both verdicts fail the run. A run that was interrupted, or has no checks, is an
 * error of its own. There is no official schema; this is what those of Apache Ant and Jenkins (junit-10.xsd of its xUnit plugin)
 * have in common. GitLab shows the text of an element, others its message, so both are there; it tells test cases apart by
 * {@code classname} and {@code name}.
 */
final class JUnitXml {
    /** Also how our own files are known again. */
    static final String ROOT = "MySQL Distributed Test Framework";

    private static final DateTimeFormatter WITHOUT_ZONE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final RunReport report;
    private final XMLStreamWriter xml;

    private JUnitXml(RunReport report, XMLStreamWriter xml) {
        this.report = report;
        this.xml = xml;
    }

    static String of(RunReport report) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            new JUnitXml(report, xml).write();
            xml.close();
        } catch (XMLStreamException e) {
            // A string can always be written to.
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private void write() throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        start("testsuites", "name", ROOT);
        counts();
        start("testsuite", "name", suite());
        attribute("id", "0");
        attribute("package", "distributedmysql");
        // Ant's schema requires it; which machine it was is in the JSON summary.
        attribute("hostname", "localhost");
        attribute("timestamp", timestamp(report.run().start()));
        attribute("skipped", String.valueOf(report.notRun().size()));
        counts();
        properties();
        for (CheckResult check : report.checks()) {
            testCase(check.name(), problem(check.verdict()), check.verdict().name(), check.evidence());
        }
        for (NotRun check : report.notRun()) {
            testCase(check.name(), "skipped", "", check.reason());
        }
        if (!isWhole()) {
            testCase("the run as a whole", "error", "INCOMPLETE", incomplete());
        }
        start("system-out");
        end();
        start("system-err");
        end();
        end();
        end();
        xml.writeEndDocument();
    }

    private void counts() throws XMLStreamException {
        int cases = report.checks().size() + report.notRun().size() + (isWhole() ? 0 : 1);
        attribute("tests", String.valueOf(cases));
        attribute("failures", String.valueOf(number(Verdict.INVALID)));
        attribute("errors", String.valueOf(number(Verdict.UNKNOWN) + (isWhole() ? 0 : 1)));
        attribute("time", String.format(Locale.ROOT, "%.3f", report.run().durationSeconds()));
    }

    private void properties() throws XMLStreamException {
        start("properties");
        property("profile", report.run().profile());
        property("simulation", report.run().simulation());
        property("topology", report.topology().kind());
        end();
    }

    private void property(String name, String value) throws XMLStreamException {
        start("property", "name", name);
        attribute("value", value);
        end();
    }

    /** @param problem the element that says what is wrong; empty if nothing is */
    private void testCase(String name, String problem, String type, String evidence) throws XMLStreamException {
        start("testcase", "name", name);
        attribute("classname", suite());
        attribute("time", "0");
        if (problem.equals("skipped")) {
            start("skipped", "message", Texts.shortened(evidence, 200));
            xml.writeCharacters(allowed(evidence));
            end();
        } else if (!problem.isEmpty()) {
            start(problem, "message", Texts.shortened(evidence, 200));
            attribute("type", type);
            xml.writeCharacters(allowed(evidence));
            end();
        }
        end();
    }

    private static String problem(Verdict verdict) {
        return switch (verdict) {
            case VALID -> "";
            case INVALID -> "failure";
            case UNKNOWN -> "error";
        };
    }

    private boolean isWhole() {
        return report.run().completed() && !report.checks().isEmpty();
    }

    private String incomplete() {
        return VerdictLine.reason(report);
    }

    private long number(Verdict verdict) {
        return report.checks().stream()
                .filter(check -> check.verdict() == verdict)
                .count();
    }

    private String suite() {
        return report.run().simulation() + ", " + report.topology().kind() + ", profile "
                + report.run().profile();
    }

    private static String timestamp(Instant start) {
        return WITHOUT_ZONE.format(start);
    }

    private void start(String element) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(element);
    }

    private void start(String element, String attribute, String value) throws XMLStreamException {
        start(element);
        attribute(attribute, value);
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, allowed(value));
    }

    private void end() throws XMLStreamException {
        xml.writeEndElement();
    }

    /** What XML 1.0 cannot have, not even escaped ("2.2 Characters"), is written as Java does. */
    static String allowed(String text) {
        StringBuilder allowed = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean isAllowed =
                    c == '\t' || c == '\n' || c >= 0x20 && c < 0xD800 || c > 0xDFFF && c < 0xFFFE || c > 0xFFFF;
            // C1 controls are allowed, but change lines on some consoles.
            if (isAllowed && !(c >= 0x7F && c < 0xA0)) {
                allowed.appendCodePoint(c);
            } else {
                allowed.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
        });
        return allowed.toString();
    }
}
