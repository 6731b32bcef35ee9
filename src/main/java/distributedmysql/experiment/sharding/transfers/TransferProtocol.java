package distributedmysql.experiment.sharding.transfers;

import distributedmysql.load.SqlFailure;
import java.sql.SQLException;
import java.util.Optional;

/** Moves money in one way. Blocks; never repeats anything. Thread-safe. */
interface TransferProtocol {
    /**
     * How it ended.
     *
     * @param killed where; empty unless the client is dead
     * @param failure null if it was acknowledged, or the client is dead
     */
    record Result(TransferEnding ending, Optional<KillPoint> killed, SqlFailure failure) {
        static final Result ACKNOWLEDGED = new Result(TransferEnding.ACKNOWLEDGED, Optional.empty(), null);

        /** Nothing was committed, and nothing decided: whatever the error is, it is absent. */
        static Result undone(SQLException e) {
            SqlFailure failure = SqlFailure.whileExecuting(e);
            return new Result(TransferEnding.undone(failure), Optional.empty(), failure);
        }

        /** What would have made it final has failed. */
        static Result decided(SQLException e) {
            SqlFailure failure = SqlFailure.whileExecuting(e);
            return new Result(TransferEnding.decided(failure), Optional.empty(), failure);
        }

        /** It is final, or one half of it is, and the rest has failed. */
        static Result unknown(SQLException e) {
            return new Result(TransferEnding.UNKNOWN, Optional.empty(), SqlFailure.whileExecuting(e));
        }

        static Result killed(ClientSessions client, KillPoint point) {
            client.abort();
            return new Result(TransferEnding.KILLED, Optional.of(point), null);
        }
    }

    /** Kills the client if that is due; its sessions are dead then, as they are after most errors. */
    Result move(Transfer transfer, ClientSessions client);
}
