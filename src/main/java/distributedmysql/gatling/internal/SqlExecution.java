package distributedmysql.gatling.internal;

import distributedmysql.history.Outcome;
import distributedmysql.load.HeldConnection;
import distributedmysql.load.NodePool;
import distributedmysql.load.SqlFailure;
import distributedmysql.load.SqlResult;
import distributedmysql.load.SqlStatementSpec;
import distributedmysql.load.record.StageRecorder;
import distributedmysql.mysql.CapWaits;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The statements of one request on one connection. */
final class SqlExecution {
    private static final int COMMIT = 1;

    private final SqlRequest request;
    private final Object[][] parameters;
    private final NodePool pool;
    private final StageRecorder recorder;
    private List<Map<String, Object>> rows = List.of();
    private int updateCount;
    private boolean mayBeApplied;

    SqlExecution(SqlRequest request, Object[][] parameters, NodePool pool, StageRecorder recorder) {
        this.request = request;
        this.parameters = parameters;
        this.pool = pool;
        this.recorder = recorder;
    }

    SqlResult run(HeldConnection connection) throws SQLException {
        CapWaits cap = pool.waits();
        int transaction = request.transaction() ? COMMIT : 0;
        cap.reserve(parameters.length + transaction + connection.requestsToSetAutoCommit(!request.transaction()));
        try {
            return runReserved(connection);
        } finally {
            cap.release();
        }
    }

    private SqlResult runReserved(HeldConnection connection) throws SQLException {
        connection.setAutoCommit(!request.transaction());
        if (request.transaction()) {
            runTransaction(connection);
        } else {
            mayBeApplied = true;
            runStatements(connection);
        }
        return new SqlResult(rows, updateCount);
    }

    /** What a failure of {@link #run} means: a transaction that was not being committed is certainly not applied. */
    SqlFailure failure(SQLException e) {
        SqlFailure failure = SqlFailure.whileExecuting(e);
        return mayBeApplied ? failure : failure.with(Outcome.FAIL);
    }

    private void runTransaction(HeldConnection connection) throws SQLException {
        try {
            runStatements(connection);
            mayBeApplied = true;
            connection.commit();
        } catch (SQLException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private static void rollBack(HeldConnection connection, SQLException reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is broken: the server rolls back by itself.
            reason.addSuppressed(e);
        }
    }

    private void runStatements(HeldConnection connection) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            SqlStatementSpec statement = request.statements().get(i);
            try {
                runStatement(connection, statement, parameters[i]);
                recorder.executed(connection.node(), statement.text(), true);
            } catch (SQLException e) {
                recorder.executed(connection.node(), statement.text(), e.getErrorCode() > 0);
                throw e;
            }
        }
    }

    private void runStatement(HeldConnection connection, SqlStatementSpec statement, Object[] values)
            throws SQLException {
        PreparedStatement prepared = connection.statement(statement.text());
        for (int i = 0; i < values.length; i++) {
            prepared.setObject(i + 1, values[i]);
        }
        if (request.timeoutMillis() > 0) {
            connection.within(request.timeoutMillis(), () -> send(prepared, statement.returnsRows()));
        } else if (statement.returnsRows()) {
            connection.within(pool.statementMillis(), () -> send(prepared, true));
        } else {
            send(prepared, false);
        }
    }

    private Void send(PreparedStatement prepared, boolean returnsRows) throws SQLException {
        if (returnsRows) {
            try (ResultSet result = prepared.executeQuery()) {
                read(result);
            }
        } else {
            updateCount += prepared.executeUpdate();
        }
        return null;
    }

    /** Without checks nobody looks at the rows, so none are kept; all are read from the server all the same. */
    private void read(ResultSet result) throws SQLException {
        if (request.checks().isEmpty()) {
            while (result.next()) {
                result.getObject(1);
            }
            return;
        }
        ResultSetMetaData columns = result.getMetaData();
        List<Map<String, Object>> found = new ArrayList<>();
        while (result.next()) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                row.put(columns.getColumnLabel(i), result.getObject(i));
            }
            found.add(row);
        }
        rows = found;
    }
}
