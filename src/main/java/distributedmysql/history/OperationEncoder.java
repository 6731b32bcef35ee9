package distributedmysql.history;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes an operation as one JSON object. What an operation does not have is left out. */
final class OperationEncoder {
    private final JsonGenerator json;

    OperationEncoder(JsonGenerator json) {
        this.json = json;
    }

    void write(Operation operation) throws IOException {
        json.writeStartObject();
        if (operation instanceof Write write) {
            json.writeStringField("op", write.isInsert() ? "insert" : "update");
            call(write.call());
            ending(write.ending());
            json.writeNumberField("version", write.version());
            only(write);
        } else if (operation instanceof Read read) {
            json.writeStringField("op", "read");
            call(read.call());
            ending(read.ending());
            json.writeStringField("strategy", read.strategy().label());
            only(read);
        }
        json.writeEndObject();
    }

    private void call(Invocation call) throws IOException {
        json.writeNumberField("process", call.process());
        json.writeStringField("probe", call.probe().label());
        json.writeNumberField("key", call.key());
        json.writeStringField("node", call.node());
        json.writeNumberField("invokeMicros", call.invokeMicros());
        json.writeNumberField("completeMicros", call.completeMicros());
    }

    private void ending(Completion ending) throws IOException {
        json.writeStringField("outcome", ending.outcome().name());
        if (!ending.isOk()) {
            json.writeStringField("sqlState", ending.sqlState());
            json.writeNumberField("code", ending.code());
        }
    }

    private void only(Write write) throws IOException {
        if (!write.gtid().isEmpty()) {
            json.writeStringField("gtid", write.gtid());
        }
        if (!write.basis().equals(Write.Basis.NONE)) {
            json.writeNumberField("basisKey", write.basis().key());
            json.writeNumberField("basisVersion", write.basis().version());
        }
    }

    private void only(Read read) throws IOException {
        if (!read.after().equals(Read.After.NOTHING)) {
            json.writeNumberField("afterVersion", read.after().version());
            json.writeNumberField("acknowledgedMicros", read.after().acknowledgedMicros());
            json.writeNumberField("delayMicros", read.after().delayMicros());
        }
        if (!read.answer().equals(Read.Answer.NONE)) {
            json.writeNumberField("version", read.answer().version());
            json.writeBooleanField("intact", read.answer().intact());
        }
        if (!read.gtidWait().equals(Read.GtidWait.NONE)) {
            json.writeNumberField("waitedMicros", read.gtidWait().waitedMicros());
            json.writeBooleanField("timedOut", read.gtidWait().timedOut());
        }
    }
}
