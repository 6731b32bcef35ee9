package distributedmysql.load.data;

import distributedmysql.config.Plural;
import java.util.List;

/**
 * What a player does at once: one statement, or several in one transaction on one connection. Immutable.
 *
 * @param name the same in every report; the statement's, if there is only one
 * @param reads whether it only reads, and so may go to a replica
 */
public record SqlOperation(String name, boolean reads, List<SqlStatement> statements) {
    private static final String PLAYER = "playerId";

    public SqlOperation {
        statements = List.copyOf(statements);
    }

    static SqlOperation read(SqlStatement statement) {
        return new SqlOperation(statement.name(), true, List.of(statement));
    }

    static SqlOperation write(SqlStatement statement) {
        return new SqlOperation(statement.name(), false, List.of(statement));
    }

    /** Whether all of it is about one player; otherwise it reads players who may be on any shard. */
    public boolean isOfOnePlayer() {
        return statements.get(0).parameters().contains(PLAYER);
    }

    /** The session variable by which its shard is found; where there is one shard, any will do. */
    public String shardKey() {
        return isOfOnePlayer() ? PLAYER : statements.get(0).parameters().get(0);
    }

    /** The one statement of an operation that is no transaction. */
    public SqlStatement statement() {
        if (isTransaction()) {
            throw new IllegalStateException(name + " is a transaction of " + Plural.of(statements.size(), "statement"));
        }
        return statements.get(0);
    }

    /** Whether it is several statements, which take effect together or not at all. */
    public boolean isTransaction() {
        return statements.size() > 1;
    }
}
