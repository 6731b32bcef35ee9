package distributedmysql.experiment.sharding.resharding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import distributedmysql.config.HostPort;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Secret;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that reshards ranges as somebody else might: it copies, and, unless it is told to be careless, stops the writes before it
 * looks at what has come since. Arguments: user, password, {@code careful} or {@code careless}.
 */
final class OtherTool {
    private static final String TABLE = System.getenv("LEDGER_TABLE");

    private OtherTool() {}

    public static void main(String[] arguments) throws Exception {
        boolean careful = arguments[2].equals("careful");
        List<Mysql> shards = new ArrayList<>();
        for (String address : System.getenv("SHARDS").split(",")) {
            Mysql session = Mysql.open(hostPort(address), new Credentials(arguments[0], new Secret(arguments[1])));
            session.execute("SET @resharding = 1");
            shards.add(session);
        }
        JsonNode ranges = new ObjectMapper()
                .readTree(new File(System.getenv("MAPS_FILE")))
                .at("/new/ranges");
        int added = shards.size() - 1;
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).get("shard").asInt() == added) {
                long from = ranges.get(i).get("from").asLong();
                long to = i + 1 < ranges.size() ? ranges.get(i + 1).get("from").asLong() : Long.MAX_VALUE;
                move(shards, " WHERE write_id >= " + from + " AND write_id < " + to, careful);
            }
        }
        shards.forEach(Mysql::close);
    }

    private static void move(List<Mysql> shards, String which, boolean careful) throws Exception {
        Mysql target = shards.get(shards.size() - 1);
        List<Mysql> sources = shards.subList(0, shards.size() - 1);
        copy(sources, target, which);
        System.out.println("copied");
        if (!careful) {
            // Whatever comes in this time is forgotten.
            target.execute("DO SLEEP(1)");
        }
        for (Mysql source : sources) {
            raise(source);
        }
        if (careful) {
            copy(sources, target, which);
        }
        raise(target);
        for (Mysql source : sources) {
            source.execute("DELETE FROM " + TABLE + which);
        }
    }

    private static HostPort hostPort(String address) {
        int colon = address.lastIndexOf(':');
        return new HostPort(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    private static void raise(Mysql shard) throws Exception {
        shard.execute("UPDATE " + System.getenv("VERSION_TABLE") + " SET version = " + System.getenv("NEW_VERSION"));
    }

    private static void copy(List<Mysql> sources, Mysql target, String which) throws Exception {
        ReshardedTable table = new ReshardedTable(TABLE.substring(0, TABLE.lastIndexOf('.')));
        for (Mysql source : sources) {
            List<ReshardedTable.Row> rows = source.rows(
                    "SELECT write_id, node_uuid, written_at, map_version FROM " + TABLE + which,
                    ReshardedTable.Row::of);
            if (!rows.isEmpty()) {
                table.put(target, rows);
            }
        }
    }
}
