package distributedmysql.mysql;

import com.mysql.cj.MysqlConnection;
import com.mysql.cj.Query;
import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.exceptions.ExceptionFactory;
import com.mysql.cj.interceptors.QueryInterceptor;
import com.mysql.cj.log.Log;
import com.mysql.cj.protocol.Message;
import com.mysql.cj.protocol.Resultset;
import com.mysql.cj.protocol.ServerSession;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The one place that everything passes that a connection sends, whoever uses it, from its opening on: Connector/J hands
 * it each command before and after. It makes an instance for each connection. To be used by Connector/J only.
 */
public final class CappedCommands implements QueryInterceptor {
    private static final String WHOSE = "distributedmysqlRateCap";
    private static final String WAITS = "distributedmysqlRateCapWaits";

    /**
     * Commands that are no Questions: COM_STATISTICS, COM_PING, COM_STMT_PREPARE, COM_STMT_CLOSE and
     * COM_STMT_RESET (MySQL manual, "Server Status Variables", Questions; {@code CF_SKIP_QUESTIONS} in sql_parse.cc).
     */
    private static final Set<Byte> UNCOUNTED = Set.of((byte) 9, (byte) 14, (byte) 22, (byte) 25, (byte) 26);

    private CapWaits whose;
    private boolean waits;
    private Permits.Permit unanswered;

    static Map<String, String> properties(CapWaits whose, boolean waits) {
        return whose.cap().maxRate() == 0
                ? Map.of()
                : Map.of(
                        "queryInterceptors",
                        CappedCommands.class.getName(),
                        "connectionLifecycleInterceptors",
                        CappedClosing.class.getName(),
                        WHOSE,
                        whose.id(),
                        WAITS,
                        Boolean.toString(waits));
    }

    static CapWaits whose(Properties properties) {
        return CapWaits.of(properties.getProperty(WHOSE));
    }

    static boolean waits(Properties properties) {
        return Boolean.parseBoolean(properties.getProperty(WAITS));
    }

    @Override
    public QueryInterceptor init(MysqlConnection connection, Properties properties, Log log) {
        whose = whose(properties);
        waits = waits(properties);
        return this;
    }

    @Override
    public <M extends Message> M preProcess(M command) {
        answered();
        if (!UNCOUNTED.contains(command.getByteBuffer()[0])) {
            send();
        }
        return null;
    }

    /** Not called where the answer is an error. */
    @Override
    public <M extends Message> M postProcess(M command, M answer) {
        answered();
        return null;
    }

    private void send() {
        try {
            unanswered = whose.cap().send(waits, whose);
        } catch (SQLException e) {
            throw ExceptionFactory.createException(CJException.class, e.getMessage(), e);
        }
    }

    private void answered() {
        if (unanswered != null) {
            whose.cap().answered(unanswered);
            unanswered = null;
        }
    }

    @Override
    public void destroy() {
        // It may be called while the connection is in use: what is not answered by then counts for a few seconds more.
    }

    @Override
    public boolean executeTopLevelOnly() {
        return false;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // As Connector/J declares it.
    public <T extends Resultset> T preProcess(Supplier<String> sql, Query query) {
        return null;
    }

    @Override
    public <T extends Resultset> T postProcess(
            Supplier<String> sql, Query query, T original, ServerSession serverSession) {
        return null;
    }
}
