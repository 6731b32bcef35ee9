package distributedmysql.topology;

import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import java.sql.SQLException;

/** MySQL's clone plugin (https://dev.mysql.com/doc/refman/8.0/en/clone-plugin.html), which a server has and does not load by itself. */
public final class ClonePlugin {
    private static final String INSTALLED =
            "SELECT PLUGIN_NAME FROM information_schema.PLUGINS WHERE PLUGIN_NAME = 'clone'";

    private ClonePlugin() {}

    /**
     * Does nothing if it is installed. A server refuses it as long as it is {@code super_read_only}, so that is lifted for the moment;
     * accounts without that privilege stay refused meanwhile.
     *
     * @throws TopologyException if it cannot be installed
     */
    public static void install(Node node) {
        Mysql.run(node, "install the clone plugin", ClonePlugin::install);
    }

    private static void install(Mysql session) throws SQLException {
        if (!session.texts(INSTALLED).isEmpty()) {
            return;
        }
        boolean superReadOnly = session.number("SELECT @@GLOBAL.super_read_only") == 1;
        if (superReadOnly) {
            session.execute("SET GLOBAL super_read_only = OFF");
        }
        try {
            session.execute("INSTALL PLUGIN clone SONAME 'mysql_clone.so'");
        } finally {
            if (superReadOnly) {
                session.execute("SET GLOBAL super_read_only = ON");
            }
        }
    }
}
