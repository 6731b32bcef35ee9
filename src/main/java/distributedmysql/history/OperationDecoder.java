package distributedmysql.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Reads what {@link OperationEncoder} writes. Not thread-safe. */
final class OperationDecoder {
    private static final Map<String, Probe> PROBES = byName(Probe.values(), Probe::label);
    private static final Map<String, Strategy> STRATEGIES = byName(Strategy.values(), Strategy::label);
    private static final Map<String, Outcome> OUTCOMES = byName(Outcome.values(), Outcome::name);
    private static final int MOST_NAMES = 10_000;

    private final JsonFactory factory = new JsonFactory();
    // Few nodes and errors, many operations.
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Boolean> flags = new HashMap<>();

    /**
     * @throws IOException if the line is not one JSON object
     * @throws IllegalArgumentException if it is, but not an operation; the message says why
     */
    Operation decode(byte[] line, int length) throws IOException {
        read(line, length);
        String op = text("op");
        Completion ending = ending();
        Operation operation = switch (op) {
            case "insert", "update" -> write(op, ending);
            case "read" -> read(ending);
            default -> throw new IllegalArgumentException("op " + op + ": must be insert, update or read");
        };
        refuseWhatIsLeft();
        return operation;
    }

    private void read(byte[] line, int length) throws IOException {
        numbers.clear();
        texts.clear();
        flags.clear();
        try (JsonParser json = factory.createParser(line, 0, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                readValue(field, json);
            }
            if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
                throw new IllegalArgumentException("not one JSON object");
            }
        }
    }

    private void readValue(String field, JsonParser json) throws IOException {
        Object before = switch (json.nextToken()) {
            case VALUE_NUMBER_INT -> numbers.put(field, json.getLongValue());
            case VALUE_STRING -> texts.put(field, json.getText());
            case VALUE_TRUE, VALUE_FALSE -> flags.put(field, json.getBooleanValue());
            default -> throw new IllegalArgumentException(field + ": not a number, text or boolean");
        };
        if (before != null) {
            throw new IllegalArgumentException(field + ": given twice");
        }
    }

    private Invocation call() {
        return new Invocation(
                number("process"),
                oneOf("probe", PROBES),
                number("key"),
                name("node"),
                number("invokeMicros"),
                number("completeMicros"));
    }

    private Completion ending() {
        Outcome outcome = oneOf("outcome", OUTCOMES);
        return outcome == Outcome.OK
                ? Completion.OK
                : new Completion(outcome, name("sqlState"), Math.toIntExact(number("code")));
    }

    private Write write(String op, Completion ending) {
        Write.Basis basis = numbers.containsKey("basisKey")
                ? new Write.Basis(number("basisKey"), number("basisVersion"))
                : Write.Basis.NONE;
        String gtid = texts.containsKey("gtid") ? text("gtid") : "";
        Write write = new Write(call(), ending, number("version"), gtid, basis);
        if (write.isInsert() != op.equals("insert")) {
            throw new IllegalArgumentException(op + " of version " + write.version());
        }
        return write;
    }

    private Read read(Completion ending) {
        Read.After after = numbers.containsKey("afterVersion")
                ? new Read.After(number("afterVersion"), number("acknowledgedMicros"), number("delayMicros"))
                : Read.After.NOTHING;
        Read.Answer answer =
                numbers.containsKey("version") ? new Read.Answer(number("version"), flag("intact")) : Read.Answer.NONE;
        Read.GtidWait gtidWait = numbers.containsKey("waitedMicros")
                ? new Read.GtidWait(number("waitedMicros"), flag("timedOut"))
                : Read.GtidWait.NONE;
        return new Read(call(), ending, oneOf("strategy", STRATEGIES), after, answer, gtidWait);
    }

    private void refuseWhatIsLeft() {
        for (Map<String, ?> left : java.util.List.of(numbers, texts, flags)) {
            if (!left.isEmpty()) {
                throw new IllegalArgumentException(
                        "unknown field " + left.keySet().iterator().next());
            }
        }
    }

    private long number(String field) {
        return present(field, numbers.remove(field));
    }

    private boolean flag(String field) {
        return present(field, flags.remove(field));
    }

    private String text(String field) {
        return present(field, texts.remove(field));
    }

    private String name(String field) {
        String text = text(field);
        if (names.size() >= MOST_NAMES) {
            names.clear();
        }
        return names.computeIfAbsent(text, Function.identity());
    }

    private <E> E oneOf(String field, Map<String, E> allowed) {
        String text = text(field);
        E value = allowed.get(text);
        if (value == null) {
            throw new IllegalArgumentException(field + " " + text + ": must be one of " + allowed.keySet());
        }
        return value;
    }

    private static <T> T present(String field, T value) {
        if (value == null) {
            throw new IllegalArgumentException("no field " + field);
        }
        return value;
    }

    private static <E> Map<String, E> byName(E[] values, Function<E, String> name) {
        Map<String, E> byName = new java.util.LinkedHashMap<>();
        for (E value : values) {
            byName.put(name.apply(value), value);
        }
        return byName;
    }
}
