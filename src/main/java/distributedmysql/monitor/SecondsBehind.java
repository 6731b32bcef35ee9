package distributedmysql.monitor;

import distributedmysql.mysql.Mysql;
import distributedmysql.topology.ReplicaSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * {@code Seconds_Behind_Source} of {@code SHOW REPLICA STATUS} (8.0.22 and later), of the channel from the present primary;
 * no answer where it is NULL.
 */
final class SecondsBehind implements LagMeasure {
    private final ReplicaSet replicaSet;

    SecondsBehind(ReplicaSet replicaSet) {
        this.replicaSet = replicaSet;
    }

    @Override
    public OptionalLong measure(Mysql replica, long sentNanos) throws SQLException {
        String primary = replicaSet.primary().serverUuid();
        return replica.read("SHOW REPLICA STATUS", channels -> {
            while (channels.next()) {
                if (primary.equals(channels.getString("Source_UUID"))) {
                    long seconds = channels.getLong("Seconds_Behind_Source");
                    return channels.wasNull() ? OptionalLong.empty() : OptionalLong.of(seconds * 1_000_000);
                }
            }
            return OptionalLong.empty();
        });
    }
}
