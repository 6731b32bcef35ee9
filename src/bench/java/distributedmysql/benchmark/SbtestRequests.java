package distributedmysql.benchmark;

import static distributedmysql.gatling.SqlDsl.query;
import static distributedmysql.gatling.SqlDsl.rowCount;
import static distributedmysql.gatling.SqlDsl.sql;
import static distributedmysql.gatling.SqlDsl.update;
import static distributedmysql.gatling.SqlDsl.updateCount;

import distributedmysql.gatling.SqlActionBuilder;
import distributedmysql.load.SqlStatementSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The statements of sysbench's scripts (1.0.20, {@code oltp_common.lua}) as requests of our DSL, and their values. */
final class SbtestRequests {
    static final String POINT_SELECT = "SELECT c FROM sbtest1 WHERE id=?";
    static final String INSERT = "INSERT INTO sbtest1 (k, c, pad) VALUES (?, ?, ?)";

    private static final int POINT_SELECTS = 10;
    private static final int RANGE = 100;
    private static final List<String> RANGES = List.of(
            "SELECT c FROM sbtest1 WHERE id BETWEEN ? AND ?",
            "SELECT SUM(k) FROM sbtest1 WHERE id BETWEEN ? AND ?",
            "SELECT c FROM sbtest1 WHERE id BETWEEN ? AND ? ORDER BY c",
            "SELECT DISTINCT c FROM sbtest1 WHERE id BETWEEN ? AND ? ORDER BY c");

    private SbtestRequests() {}

    static SqlActionBuilder request(Workload workload) {
        String name = workload.label();
        return switch (workload) {
            case POINT_SELECT ->
                sql(name).onReplica().query(POINT_SELECT, "#{id}").check(rowCount(1));
            case TRANSACTION -> sql(name).onPrimary().transaction(transaction()).check(updateCount(4));
            case INSERT ->
                sql(name).onPrimary().update(INSERT, "#{k}", "#{c}", "#{pad}").check(updateCount(1));
        };
    }

    private static SqlStatementSpec[] transaction() {
        List<SqlStatementSpec> statements = new ArrayList<>();
        for (int i = 0; i < POINT_SELECTS; i++) {
            statements.add(query(POINT_SELECT, "#{id" + i + "}"));
        }
        for (int i = 0; i < RANGES.size(); i++) {
            statements.add(query(RANGES.get(i), "#{from" + i + "}", "#{to" + i + "}"));
        }
        statements.add(update("UPDATE sbtest1 SET k=k+1 WHERE id=?", "#{indexed}"));
        statements.add(update("UPDATE sbtest1 SET c=? WHERE id=?", "#{newC}", "#{unindexed}"));
        statements.add(update("DELETE FROM sbtest1 WHERE id=?", "#{replaced}"));
        statements.add(update(
                "INSERT INTO sbtest1 (id, k, c, pad) VALUES (?, ?, ?, ?)", "#{replaced}", "#{k}", "#{c}", "#{pad}"));
        return statements.toArray(SqlStatementSpec[]::new);
    }

    /** The values of each request, without end; thread-safe. */
    static Iterator<Map<String, Object>> values(Workload workload, int rows) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Map<String, Object> next() {
                return switch (workload) {
                    case POINT_SELECT -> Map.of("id", id(rows));
                    case TRANSACTION -> ofTransaction(rows);
                    case INSERT -> Map.of("k", id(rows), "c", SbtestRow.groups(10), "pad", SbtestRow.groups(5));
                };
            }
        };
    }

    private static Map<String, Object> ofTransaction(int rows) {
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < POINT_SELECTS; i++) {
            values.put("id" + i, id(rows));
        }
        for (int i = 0; i < RANGES.size(); i++) {
            long from = id(rows);
            values.put("from" + i, from);
            values.put("to" + i, from + RANGE - 1);
        }
        values.put("indexed", id(rows));
        values.put("unindexed", id(rows));
        values.put("newC", SbtestRow.groups(10));
        values.put("replaced", id(rows));
        values.put("k", id(rows));
        values.put("c", SbtestRow.groups(10));
        values.put("pad", SbtestRow.groups(5));
        return values;
    }

    private static long id(int rows) {
        return ThreadLocalRandom.current().nextLong(1, rows + 1L);
    }
}
