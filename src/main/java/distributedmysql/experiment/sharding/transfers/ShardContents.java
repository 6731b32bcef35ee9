package distributedmysql.experiment.sharding.transfers;

import java.util.List;
import java.util.Map;

/**
 * What one server holds of one way in the end.
 *
 * @param shard from 0 on
 * @param primary whether it was its shard's primary when it was read
 * @param balances by account
 * @param halves in no order
 * @param prepared transactions of transfers of any way, neither committed nor rolled back
 */
record ShardContents(
        int shard, String node, boolean primary, Map<Long, Long> balances, List<Half> halves, List<Xid> prepared) {
    long sum() {
        return balances.values().stream().mapToLong(Long::longValue).sum();
    }
}
