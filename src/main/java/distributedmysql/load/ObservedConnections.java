package distributedmysql.load;

import distributedmysql.mysql.CapWaits;
import distributedmysql.mysql.RateCap;
import distributedmysql.mysql.SessionSettings;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Opens connections for a pool and tells how long each took, or why there is none. Thread-safe. */
final class ObservedConnections implements DataSource {
    interface Observer {
        void opened(Connection connection, long nanos) throws SQLException;

        void failed(SQLException reason);
    }

    private final String url;
    private final Properties properties;
    private final CapWaits waits;
    private final Observer observer;

    ObservedConnections(String url, Properties properties, CapWaits waits, Observer observer) {
        this.url = url;
        this.properties = properties;
        this.waits = waits;
        this.observer = observer;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Properties all = new Properties();
        all.putAll(properties);
        all.setProperty("user", user);
        all.setProperty("password", password);
        // What the server takes to open it, not what the cap lets it wait.
        waits.reserve(RateCap.CONNECTING);
        long start = System.nanoTime();
        try {
            Connection connection = SessionSettings.open(url, all);
            observer.opened(connection, System.nanoTime() - start);
            return connection;
        } catch (SQLException e) {
            observer.failed(e);
            throw e;
        } finally {
            waits.release();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        throw new SQLFeatureNotSupportedException("only with user and password");
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // The driver logs by itself.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // The property connectTimeout is what counts.
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
