package distributedmysql.gatling;

import distributedmysql.gatling.internal.Target;
import distributedmysql.load.SqlResult;
import distributedmysql.load.SqlStatementSpec;
import distributedmysql.topology.Role;
import java.util.List;

/**
 * SQL requests for Gatling scenarios. Import its methods statically.
 *
 * <pre>{@code
 * feed(connections)
 *   .exec(sql("select player").onReplica()
 *       .query("SELECT name, gold FROM players WHERE player_id = ?", "#{playerId}")
 *       .check(rowCount(1), column("gold").saveAs("gold")))
 *   .exec(sql("spend").onPrimary()
 *       .transaction(
 *           update("UPDATE players SET gold = gold - ? WHERE player_id = ?", 10, "#{playerId}"),
 *           update("INSERT INTO game_logs (log_id, player_id, event) VALUES (?, ?, ?)", "#{logId}", "#{playerId}", "spend"))
 *       .check(updateCount(2)));
 * }</pre>
 *
 * <p>A parameter that is a string is Gatling EL, as everywhere in Gatling; any other value is sent as it is. What the
 * methods return is immutable and can be shared between scenarios.
 */
public final class SqlDsl {
    private SqlDsl() {}

    /** A request; the name is what the reports show. */
    public static Named sql(String name) {
        return new Named(name);
    }

    /** A statement that returns rows, as part of a transaction. */
    public static SqlStatementSpec query(String text, Object... parameters) {
        return new SqlStatementSpec(true, text, List.of(parameters));
    }

    /** A statement that changes rows, as part of a transaction. */
    public static SqlStatementSpec update(String text, Object... parameters) {
        return new SqlStatementSpec(false, text, List.of(parameters));
    }

    /** The result must have exactly this many rows. */
    public static SqlCheck rowCount(int expected) {
        return SqlChecks.number("rows", result -> result.rows().size(), expected);
    }

    /** The statements must have changed exactly this many rows together. */
    public static SqlCheck updateCount(int expected) {
        return SqlChecks.number("changed rows", SqlResult::updateCount, expected);
    }

    /** A column of the first row, by name or alias. */
    public static SqlChecks.Column column(String name) {
        return new SqlChecks.Column(name);
    }

    /** All rows, to be saved to the session as a list with one map per row, by column name. */
    public static SqlChecks.Rows rows() {
        return new SqlChecks.Rows();
    }

    /** Which shards are missing from the answer of a request to every shard that allows a partial one. */
    public static SqlChecks.MissingShards missingShards() {
        return new SqlChecks.MissingShards();
    }

    /** A request that has a name and needs to know where it goes. */
    public static final class Named {
        private final String name;

        private Named(String name) {
            this.name = name;
        }

        /** To the current primary. */
        public Placed onPrimary() {
            return new Placed(name, Role.PRIMARY);
        }

        /** To the user's replica; see {@link distributedmysql.load.Route#to}. */
        public Placed onReplica() {
            return new Placed(name, Role.REPLICA);
        }

        /**
         * To a replica of every shard at once. The request's latency is that of the slowest shard. Its rows are those of all shards
         * together, in the order of the shards: an {@code ORDER BY} or a {@code LIMIT} holds within each.
         */
        public Everywhere onEveryShard() {
            return new Everywhere(name, false);
        }
    }

    /** A request to every shard that needs to know what to ask there. */
    public static final class Everywhere {
        private final String name;
        private final boolean allowPartial;

        private Everywhere(String name, boolean allowPartial) {
            this.name = name;
            this.allowPartial = allowPartial;
        }

        /**
         * A shard that does not answer is left out; without this, the request fails then. Which ones are missing, {@link
         * SqlDsl#missingShards} says and the report counts. If none answers, the request fails all the same.
         */
        public Everywhere allowPartial() {
            return new Everywhere(name, true);
        }

        /** One statement that returns rows. */
        public SqlActionBuilder query(String text, Object... parameters) {
            return new SqlActionBuilder(
                    name, Target.everyShard(Role.REPLICA, allowPartial), List.of(SqlDsl.query(text, parameters)));
        }
    }

    /** A request that knows where it goes and needs to know what to do there. */
    public static final class Placed {
        private final String name;
        private final Role role;

        private Placed(String name, Role role) {
            this.name = name;
            this.role = role;
        }

        /** One statement that returns rows. */
        public SqlActionBuilder query(String text, Object... parameters) {
            return new SqlActionBuilder(name, Target.of(role), List.of(SqlDsl.query(text, parameters)));
        }

        /** One statement that changes rows, in a transaction of its own. */
        public SqlActionBuilder update(String text, Object... parameters) {
            return new SqlActionBuilder(name, Target.of(role), List.of(SqlDsl.update(text, parameters)));
        }

        /**
         * Several statements on one connection, all or none: the first that fails rolls all of them back.
         *
         * @throws IllegalArgumentException if there is no statement
         */
        public SqlActionBuilder transaction(SqlStatementSpec... statements) {
            if (statements.length == 0) {
                throw new IllegalArgumentException("sql(\"" + name + "\").transaction() has no statements");
            }
            return new SqlActionBuilder(name, Target.of(role), List.of(statements)).asTransaction();
        }
    }
}
