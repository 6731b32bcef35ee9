package distributedmysql.mysql;

import com.mysql.cj.MysqlConnection;
import com.mysql.cj.jdbc.interceptors.ConnectionLifecycleInterceptor;
import com.mysql.cj.log.Log;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Properties;

/**
 * The one thing that a connection sends past {@link CappedCommands}: its COM_QUIT, which a server counts as one of its
 * Questions (measured with MySQL 8.0.33). To be used by Connector/J only, which makes an instance for each connection.
 */
public final class CappedClosing implements ConnectionLifecycleInterceptor {
    private CapWaits whose;
    private boolean waits;

    @Override
    public ConnectionLifecycleInterceptor init(MysqlConnection connection, Properties properties, Log log) {
        whose = CappedCommands.whose(properties);
        waits = CappedCommands.waits(properties);
        return this;
    }

    /** Before it is closed, but not before it is aborted. */
    @Override
    public void close() throws SQLException {
        // A thread that is interrupted closes it all the same.
        RateCap cap = whose.cap();
        cap.answered(cap.send(waits && !Thread.currentThread().isInterrupted(), whose));
    }

    @Override
    public void destroy() {
        // Nothing is held.
    }

    // What follows lets the driver go on as it would without it.

    @Override
    public boolean commit() {
        return true;
    }

    @Override
    public boolean rollback() {
        return true;
    }

    @Override
    public boolean rollback(Savepoint savepoint) {
        return true;
    }

    @Override
    public boolean setAutoCommit(boolean on) {
        return true;
    }

    @Override
    public boolean setDatabase(String database) {
        return true;
    }

    @Override
    public boolean transactionBegun() {
        return true;
    }

    @Override
    public boolean transactionCompleted() {
        return true;
    }
}
