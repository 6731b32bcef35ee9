package distributedmysql.backup;

import static org.awaitility.Awaitility.await;

import distributedmysql.mysql.GtidSet;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;

/** Purges a server's binary logs. */
public final class PurgedLogs {
    private PurgedLogs() {}

    /** Returns when nothing of what it had executed before is in a binary log; until then, a replica may be reading it. */
    public static void all(Node node) {
        GtidSet executed = GtidSet.executed(node);
        Mysql.execute(node, "FLUSH BINARY LOGS");
        await().until(() -> {
            Mysql.execute(node, "PURGE BINARY LOGS BEFORE NOW() + INTERVAL 1 DAY");
            return GtidSet.parse(Mysql.text(node, "SELECT @@GLOBAL.gtid_purged"))
                    .contains(executed);
        });
    }
}
