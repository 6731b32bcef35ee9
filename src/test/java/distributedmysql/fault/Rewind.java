package distributedmysql.fault;

import distributedmysql.ledger.LedgerTable;
import distributedmysql.mysql.Capability;
import distributedmysql.mysql.GtidSets;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.util.BitSet;

/**
 * Takes back what a diverged former primary has extra, where that is known to be rows of the ledger only, so that a test
 * of many rounds need not rebuild the server each time.
 */
public final class Rewind {
    private Rewind() {}

    public static void rewind(Node former, Node primary, LedgerTable table, String extraGtids) {
        BitSet extra = table.ids(former);
        extra.andNot(table.ids(primary));
        String kept = GtidSets.subtract(former, GtidSets.executed(former), extraGtids);
        Mysql.run(former, "rewind", session -> {
            session.execute("SET GLOBAL super_read_only = OFF");
            session.execute("SET sql_log_bin = 0");
            for (int id = extra.nextSetBit(0); id >= 0; id = extra.nextSetBit(id + 1)) {
                session.execute("DELETE FROM " + table.name() + " WHERE write_id = " + id);
            }
            session.execute(
                    Capability.RESET_BINARY_LOGS.in(former.version()) ? "RESET BINARY LOGS AND GTIDS" : "RESET MASTER");
            session.execute("SET GLOBAL gtid_purged = '" + kept + "'");
            session.execute("SET GLOBAL super_read_only = ON");
        });
    }
}
