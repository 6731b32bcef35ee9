package distributedmysql.benchmark;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What the generators send; the statements are those of sysbench's table {@code sbtest1}. */
public enum Workload {
    /** One row by primary key: sysbench's {@code oltp_point_select}. */
    POINT_SELECT("Com_select"),
    /** 18 statements in one transaction: sysbench's {@code oltp_read_write}. */
    TRANSACTION("Com_commit"),
    /** One row, in a transaction of its own, to an automatic primary key. */
    INSERT("Com_insert");

    private final String counter;

    Workload(String counter) {
        this.counter = counter;
    }

    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The server's status variable that goes up by one with each request (MySQL manual, "Server Status Variables"). */
    String counter() {
        return counter;
    }

    boolean writes() {
        return this != POINT_SELECT;
    }
}
