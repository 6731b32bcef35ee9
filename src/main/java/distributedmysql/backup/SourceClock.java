package distributedmysql.backup;

import distributedmysql.mysql.Mysql;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The clock that a server's times of commit are from. */
final class SourceClock {
    private SourceClock() {}

    static Instant now(Mysql session) throws SQLException {
        return Instant.EPOCH.plus(
                session.number("SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS UNSIGNED)"), ChronoUnit.MICROS);
    }
}
