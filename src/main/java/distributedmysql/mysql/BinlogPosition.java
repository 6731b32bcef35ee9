package distributedmysql.mysql;

import java.sql.SQLException;

/**
 * How far a server has got: what it has executed, and a place in its binary log behind all of it.
 *
 * @param serverUuid of that server
 * @param file of the binary log
 * @param executed {@code gtid_executed}, without line breaks
 */
public record BinlogPosition(String serverUuid, String file, long offset, String executed) {
    /** Needs REPLICATION CLIENT. */
    public static BinlogPosition of(Node node, Mysql open) throws SQLException {
        return open.read(new ReplicationSql(node.version()).binlogStatus(), row -> {
            if (!row.next()) {
                throw new SQLException(node + ": has no binary log");
            }
            // The server takes the set first and the place then, and a GTID is in the log before it is in the set.
            return new BinlogPosition(
                    node.serverUuid(),
                    row.getString("File"),
                    row.getLong("Position"),
                    GtidSets.oneLine(row.getString("Executed_Gtid_Set")));
        });
    }

    /** Whether a place of the same server's binary log is here or behind. False if the logs have different names. */
    boolean isReachedBy(String otherFile, long otherOffset) {
        int dot = file.lastIndexOf('.');
        int otherDot = otherFile.lastIndexOf('.');
        if (dot < 0 || otherDot < 0 || !file.substring(0, dot).equals(otherFile.substring(0, otherDot))) {
            return false;
        }
        long number = Long.parseLong(file.substring(dot + 1));
        long otherNumber = Long.parseLong(otherFile.substring(otherDot + 1));
        return otherNumber > number || (otherNumber == number && otherOffset >= offset);
    }
}
