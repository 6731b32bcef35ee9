package distributedmysql.planted.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

final class ChangesSessions {
    private ChangesSessions() {}

    static void limitRows(Statement statement) throws SQLException {
        statement.setMaxRows(1);
    }

    static void query(Connection connection) throws SQLException {
        connection.createStatement().close();
    }

    static void call(Connection connection) throws SQLException {
        connection.prepareCall("CALL p()").close();
    }
}
