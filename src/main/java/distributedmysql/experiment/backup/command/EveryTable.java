package distributedmysql.experiment.backup.command;

import distributedmysql.config.Plural;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Ending;
import distributedmysql.topology.Wait;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code CHECK TABLE} says of every table of a server: that reads all rows and all indexes
 * (https://dev.mysql.com/doc/refman/8.0/en/check-table.html).
 *
 * @param read how many tables
 * @param damaged what is wrong with one, a text each, which names it
 */
record EveryTable(int read, List<String> damaged) {
    private record Table(String schema, String name) {
        String quoted() {
            return quoted(schema) + "." + quoted(name);
        }

        private static String quoted(String name) {
            return "`" + name.replace("`", "``") + "`";
        }
    }

    private record Message(String type, String text) {
        /** The last row has the status; before it may be what is wrong, or why there is nothing to read. */
        boolean isError() {
            return type.equalsIgnoreCase("error") || type.equalsIgnoreCase("status") && !text.equals("OK");
        }
    }

    /**
     * @param limit for one table
     * @throws distributedmysql.mysql.TopologyException if the server does not answer, or ends over it
     */
    static EveryTable of(Node node, Duration limit) {
        return Mysql.ask(node, "read every table", session -> {
            session.answerWithin(limit);
            List<Table> tables = session.rows(
                    "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE'"
                            + " AND table_schema NOT IN ('information_schema', 'performance_schema')"
                            + " ORDER BY table_schema, table_name",
                    row -> new Table(row.getString(1), row.getString(2)));
            return read(node, session, tables);
        });
    }

    private static EveryTable read(Node node, Mysql session, List<Table> tables) throws SQLException {
        List<String> damaged = new ArrayList<>();
        int read = 0;
        Wait wait = Wait.until(node + ": reading every table", "until all " + tables.size() + " are read");
        try (wait) {
            for (Table table : tables) {
                Ending.refuse("reading " + table.quoted());
                List<Message> messages = session.rows(
                        "CHECK TABLE " + table.quoted(),
                        row -> new Message(row.getString("Msg_type"), row.getString("Msg_text")));
                if (messages.stream().anyMatch(Message::isError)) {
                    damaged.add(table.quoted() + ": "
                            + messages.stream().map(Message::text).collect(Collectors.joining("; ")));
                }
                read++;
                wait.state(Plural.of(read, "table"));
            }
        }
        return new EveryTable(read, damaged);
    }
}
