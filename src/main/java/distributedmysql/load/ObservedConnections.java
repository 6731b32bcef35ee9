package distributedmysql.load;

import distributedmysql.mysql.CapWaits;
import distributedmysql.mysql.RateCap;
import distributedmysql.mysql.SessionSettings;
import distributedmysql.topology.Await;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Opens connections for a pool and tells how long each took, or why there is none. Thread-safe. */
final class ObservedConnections implements DataSource {
    interface Observer {
        void opened(Connection connection, long nanos) throws SQLException;

        void failed(SQLException reason);
    }

    private static final Duration PAUSE = Duration.ofMillis(100);
    /** Nobody is at the other end, or whoever is there has nobody to lead to. */
    private static final String NO_LINK = "08S01";

    private final String url;
    private final Properties properties;
    private final CapWaits waits;
    private final Observer observer;
    private final Duration patience;

    /** @param patience how long it is tried again where nobody answers; HikariCP pauses for up to 5 s between its attempts */
    ObservedConnections(String url, Properties properties, CapWaits waits, Observer observer, Duration patience) {
        this.patience = patience;
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
        Opening opening = new Opening(all);
        if (!opening.succeeds() && !patience.isZero()) {
            Await.of("an answer of " + url, patience).every(PAUSE).reached(opening::succeeds);
        }
        return opening.result();
    }

    /** One connection, perhaps at several attempts. */
    private final class Opening {
        private final Properties all;
        private Connection connection;
        private SQLException failure;

        Opening(Properties all) {
            this.all = all;
        }

        /** @throws SQLException if another attempt would not help */
        boolean succeeds() throws SQLException {
            try {
                connection = open(all);
                return true;
            } catch (SQLException e) {
                if (!NO_LINK.equals(e.getSQLState())) {
                    throw e;
                }
                failure = e;
                return false;
            }
        }

        Connection result() throws SQLException {
            if (connection == null) {
                throw failure;
            }
            return connection;
        }
    }

    private Connection open(Properties all) throws SQLException {
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
