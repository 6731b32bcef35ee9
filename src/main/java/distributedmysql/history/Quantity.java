package distributedmysql.history;

import com.fasterxml.jackson.annotation.JsonValue;

/** What must not grow while a steady load runs. */
public enum Quantity {
    /** What a collection leaves in the client's heap; garbage is not counted. */
    CLIENT_HEAP("client heap", "bytes"),
    /** The client's resident memory (VmRSS, see proc(5)). */
    CLIENT_RESIDENT("client resident memory", "bytes"),
    CLIENT_THREADS("client threads", "threads"),
    CLIENT_FILES("client open files", "files"),
    /** A server's resident memory (VmRSS), where the server runs on this machine and is ours. */
    SERVER_RESIDENT("server resident memory", "bytes"),
    /** What the server says it has allocated, in {@code performance_schema}. */
    SERVER_ALLOCATED("server allocated memory", "bytes"),
    /** The status variable {@code Threads_connected}. */
    SERVER_CONNECTIONS("server connections", "connections"),
    /** The status variable {@code Prepared_stmt_count}. */
    SERVER_STATEMENTS("server prepared statements", "statements");

    private final String label;
    private final String unit;

    Quantity(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    @JsonValue
    public String label() {
        return label;
    }

    public String unit() {
        return unit;
    }
}
