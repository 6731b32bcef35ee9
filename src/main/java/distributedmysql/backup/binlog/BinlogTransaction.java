package distributedmysql.backup.binlog;

import distributedmysql.mysql.Gtid;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One transaction of a file.
 *
 * @param begin where its first event begins, in bytes from the beginning of the file
 * @param end where its last event ends: the file cut there holds it and all before it
 * @param committedMicros when it was committed on the server that it was committed on first, by that server's clock, in
 *     microseconds since 1970
 */
public record BinlogTransaction(Gtid gtid, long begin, long end, long committedMicros) {
    public Instant committed() {
        return Instant.EPOCH.plus(committedMicros, ChronoUnit.MICROS);
    }
}
