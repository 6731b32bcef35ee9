package distributedmysql.benchmark;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The load generators that are compared. */
public enum GeneratorKind {
    /** The reference: https://github.com/akopytov/sysbench */
    SYSBENCH,
    /** Our own engine, in Gatling. */
    ROUTED,
    /** The gatling-jdbc plugin, in Gatling. */
    GATLING_JDBC,
    /** MySQL's own (MySQL manual, "mysqlslap"). */
    MYSQLSLAP;

    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
