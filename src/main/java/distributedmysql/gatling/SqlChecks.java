package distributedmysql.gatling;

import distributedmysql.gatling.internal.El;
import distributedmysql.load.SqlCheckException;
import distributedmysql.load.SqlResult;
import io.gatling.javaapi.core.Session;
import java.util.Objects;
import java.util.function.ToIntFunction;

/** The checks of {@link SqlDsl}. */
public final class SqlChecks {
    private SqlChecks() {}

    static SqlCheck number(String what, ToIntFunction<SqlResult> actual, int expected) {
        return (result, session) -> {
            int found = actual.applyAsInt(result);
            if (found != expected) {
                throw new SqlCheckException("expected " + expected + " " + what + ", found " + found);
            }
            return session;
        };
    }

    /** A column of the first row. */
    public static final class Column {
        private final String name;

        Column(String name) {
            this.name = name;
        }

        /**
         * The value must equal this one. Numbers are compared with what the driver returns by their text form, so that
         * {@code 1} equals a BIGINT's 1.
         *
         * @param expected a string is Gatling EL
         */
        public SqlCheck is(Object expected) {
            El value = El.of(expected);
            return (result, session) -> {
                Object wanted = value.resolve(session.asScala());
                Object found = first(result);
                if (!Objects.equals(String.valueOf(wanted), String.valueOf(found))) {
                    throw new SqlCheckException("column " + name + ": expected " + wanted + ", found " + found);
                }
                return session;
            };
        }

        /** Saves the value to the session; NULL removes the key. */
        public SqlCheck saveAs(String key) {
            return (result, session) -> {
                Object found = first(result);
                return found == null ? session.remove(key) : session.set(key, found);
            };
        }

        private Object first(SqlResult result) {
            if (result.rows().isEmpty()) {
                throw new SqlCheckException("column " + name + ": the result has no rows");
            }
            if (!result.rows().get(0).containsKey(name)) {
                throw new SqlCheckException(
                        "no column " + name + " among " + result.rows().get(0).keySet());
            }
            return result.rows().get(0).get(name);
        }
    }

    /** All rows. */
    public static final class Rows {
        Rows() {}

        /** Saves the rows to the session. */
        public SqlCheck saveAs(String key) {
            return (SqlResult result, Session session) -> session.set(key, result.rows());
        }
    }

    /** The shards that have not answered. */
    public static final class MissingShards {
        MissingShards() {}

        /** Saves their names to the session, a list of strings; empty if the answer is whole. */
        public SqlCheck saveAs(String key) {
            return (SqlResult result, Session session) -> session.set(key, result.missingShards());
        }
    }
}
