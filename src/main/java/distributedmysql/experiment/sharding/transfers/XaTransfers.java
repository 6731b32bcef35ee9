package distributedmysql.experiment.sharding.transfers;

import distributedmysql.mysql.Mysql;
import java.sql.SQLException;

/**
 * Two branches of an XA transaction, and a decision between prepare and commit. A transfer that was not decided is never committed, so
 * whatever fails before that leaves it absent: what is still prepared then, a {@link Recovery} rolls back
 * (https://dev.mysql.com/doc/refman/8.0/en/xa-states.html).
 */
record XaTransfers(TransferTables tables, Decisions decisions, Kills kills) implements TransferProtocol {
    /** ER_XAER_NOTA: no such transaction, so there is nothing to roll back. */
    private static final int NOT_THERE = 1397;

    private record Branch(Mysql session, Xid xid) {
        void execute(String verb) throws SQLException {
            session.execute("XA " + verb + " " + xid.sql());
        }
    }

    @Override
    public Result move(Transfer transfer, ClientSessions client) {
        Branch payer = branch(transfer, transfer.from(), client);
        Branch payee = branch(transfer, transfer.to(), client);
        Mysql decider = client.forDecisions();
        try {
            payer.execute("START");
            payee.execute("START");
            tables.add(payer.session, transfer.debit());
            tables.add(payee.session, transfer.credit());
            payer.execute("END");
            payee.execute("END");
            payer.execute("PREPARE");
            payee.execute("PREPARE");
        } catch (SQLException e) {
            rollBack(client, payer, payee);
            return Result.undone(e);
        }
        if (kills.due(transfer, KillPoint.BEFORE_DECISION)) {
            return Result.killed(client, KillPoint.BEFORE_DECISION);
        }
        try {
            decisions.commit(decider, transfer.number());
        } catch (SQLException e) {
            // Both branches are prepared and stay so until a recovery finds out what became of the decision.
            client.abort();
            return Result.decided(e);
        }
        return commit(transfer, client, payer, payee);
    }

    private Result commit(Transfer transfer, ClientSessions client, Branch payer, Branch payee) {
        try {
            payer.execute("COMMIT");
            if (kills.due(transfer, KillPoint.BETWEEN_COMMITS)) {
                return Result.killed(client, KillPoint.BETWEEN_COMMITS);
            }
            payee.execute("COMMIT");
            return Result.ACKNOWLEDGED;
        } catch (SQLException e) {
            client.abort();
            return Result.unknown(e);
        }
    }

    private Branch branch(Transfer transfer, Account account, ClientSessions client) {
        return new Branch(client.at(account), new Xid(tables.database(), transfer.number(), account.shard()));
    }

    private static void rollBack(ClientSessions client, Branch payer, Branch payee) {
        if (!isRolledBack(payer) || !isRolledBack(payee)) {
            client.abort();
        }
    }

    private static boolean isRolledBack(Branch branch) {
        try {
            branch.execute("END");
        } catch (SQLException e) {
            // Not active any more, or marked for roll-back (XA_RBDEADLOCK): either way the roll-back may follow.
        }
        try {
            branch.execute("ROLLBACK");
            return true;
        } catch (SQLException e) {
            return e.getErrorCode() == NOT_THERE;
        }
    }
}
