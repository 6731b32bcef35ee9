package distributedmysql.experiment.sharding.transfers;

import distributedmysql.mysql.Mysql;
import java.sql.SQLException;

/** Two local transactions; the shard that pays commits first. */
record UnprotectedTransfers(TransferTables tables, Kills kills) implements TransferProtocol {
    @Override
    public Result move(Transfer transfer, ClientSessions client) {
        Mysql payer = client.at(transfer.from());
        Mysql payee = client.at(transfer.to());
        try {
            payer.execute("START TRANSACTION");
            payee.execute("START TRANSACTION");
            tables.add(payer, transfer.debit());
            tables.add(payee, transfer.credit());
        } catch (SQLException e) {
            rollBack(client, payer, payee);
            return Result.undone(e);
        }
        try {
            payer.execute("COMMIT");
        } catch (SQLException e) {
            client.abort();
            return Result.decided(e);
        }
        if (kills.due(transfer, KillPoint.BETWEEN_COMMITS)) {
            return Result.killed(client, KillPoint.BETWEEN_COMMITS);
        }
        try {
            payee.execute("COMMIT");
        } catch (SQLException e) {
            client.abort();
            return Result.unknown(e);
        }
        return Result.ACKNOWLEDGED;
    }

    /** After a time-out of a lock only the statement is rolled back, unless innodb_rollback_on_timeout is on. */
    private static void rollBack(ClientSessions client, Mysql payer, Mysql payee) {
        try {
            payer.execute("ROLLBACK");
            payee.execute("ROLLBACK");
        } catch (SQLException e) {
            // A server rolls back what a connection leaves behind that ends.
            client.abort();
        }
    }
}
