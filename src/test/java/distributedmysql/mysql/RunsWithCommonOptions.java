package distributedmysql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;

/** Whether a server runs with what it was told. */
public final class RunsWithCommonOptions {
    private RunsWithCommonOptions() {}

    public static void assertFor(Mysql session) throws SQLException {
        String replica = Capability.REPLICA_VARIABLES.in(ServerVersion.parse(session.text("SELECT VERSION()")))
                ? "replica_"
                : "slave_";
        CommonOptions.all().forEach((option, value) -> {
            String variable = option.replace("loose_", "").replace("replica_", replica);
            switch (variable) {
                // The value of these is a part of others; X is a plugin, whose port is not open.
                case "log_bin" -> assertThat(value(session, "log_bin_basename")).endsWith("/" + value);
                case "mysqlx" -> assertThat(value(session, "mysqlx_port")).isEmpty();
                default -> {
                    String now = value(session, variable);
                    if (!(now.isEmpty() && option.startsWith("loose_"))) {
                        assertThat(now).as(variable).isEqualTo(value);
                    }
                }
            }
        });
    }

    /** Empty if the server's version has no such variable. */
    private static String value(Mysql session, String variable) {
        try {
            return session.text(
                    "SELECT VARIABLE_VALUE FROM performance_schema.global_variables WHERE VARIABLE_NAME = ?", variable);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
