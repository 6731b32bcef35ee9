package distributedmysql.experiment.sharding.transfers;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Which transactions are prepared on a server. Stateless. */
final class Prepared {
    /** ER_XAER_RMERR: what a server says to who lacks the privilege. */
    private static final int REFUSED = 1401;

    private Prepared() {}

    /** Why nobody could clean up after a client that is killed there; empty if it is possible, or the server does not answer. */
    static Optional<String> impossible(Node node) {
        try (Mysql session = Mysql.open(node)) {
            session.texts("XA RECOVER");
            return Optional.empty();
        } catch (SQLException e) {
            return e.getErrorCode() == REFUSED
                    ? Optional.of("what killed clients leave prepared could not be listed on " + node + ": "
                            + node.admin() + " lacks XA_RECOVER_ADMIN there")
                    : Optional.empty();
        }
    }

    /**
     * Those of transfers of this database; others are somebody else's.
     *
     * @throws SQLException also if the account lacks {@code XA_RECOVER_ADMIN}, with error 1401
     *     (https://dev.mysql.com/doc/refman/8.0/en/privileges-provided.html#priv_xa-recover-admin)
     */
    static List<Xid> transfers(Mysql session, String database) throws SQLException {
        return session
                .rows(
                        "XA RECOVER CONVERT XID",
                        row -> Xid.parse(
                                database, row.getLong("formatID"), row.getInt("gtrid_length"), row.getString("data")))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }
}
