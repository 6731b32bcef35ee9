package distributedmysql.monitor;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/** {@code Seconds_Behind_Source} of {@code SHOW REPLICA STATUS} (8.0.22 and later); no answer where it is NULL. */
final class SecondsBehind implements LagMeasure {
    @Override
    public OptionalLong measure(Connection replica, long sentNanos) throws SQLException {
        OptionalLong highest = OptionalLong.empty();
        try (Statement statement = replica.createStatement();
                ResultSet channels = statement.executeQuery("SHOW REPLICA STATUS")) {
            while (channels.next()) {
                long seconds = channels.getLong("Seconds_Behind_Source");
                if (channels.wasNull()) {
                    return OptionalLong.empty();
                }
                highest = OptionalLong.of(Math.max(highest.orElse(0), seconds * 1_000_000));
            }
        }
        return highest;
    }
}
