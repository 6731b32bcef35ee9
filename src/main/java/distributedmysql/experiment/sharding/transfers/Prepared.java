package distributedmysql.experiment.sharding.transfers;

import distributedmysql.mysql.Mysql;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Which transactions are prepared on a server. Stateless. */
final class Prepared {
    /** ER_XAER_RMERR: what a server says to who lacks the privilege. */
    private static final int REFUSED = 1401;

    private Prepared() {}

    /**
     * Those of transfers of this database; others are somebody else's.
     *
     * @throws SQLException also if the account lacks {@code XA_RECOVER_ADMIN}
     *     (https://dev.mysql.com/doc/refman/8.0/en/privileges-provided.html#priv_xa-recover-admin)
     */
    static List<Xid> transfers(Mysql session, String database) throws SQLException {
        try {
            return session
                    .rows(
                            "XA RECOVER CONVERT XID",
                            row -> Xid.parse(
                                    database,
                                    row.getLong("formatID"),
                                    row.getInt("gtrid_length"),
                                    row.getString("data")))
                    .stream()
                    .flatMap(Optional::stream)
                    .toList();
        } catch (SQLException e) {
            throw e.getErrorCode() == REFUSED
                    ? new SQLException(
                            "XA RECOVER is refused, as it is to an account without XA_RECOVER_ADMIN: " + e.getMessage(),
                            e.getSQLState(),
                            e.getErrorCode(),
                            e)
                    : e;
        }
    }
}
