package distributedmysql.documents;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every block of SQL in the documents, and the test that executes it on servers that replicate. */
public enum DocumentedSql {
    /** The user of a run that writes. */
    USER(
            "simulations-config/external.conf",
            "CREATE USER IF NOT EXISTS distributed_mysql_test",
            "topology.external.GrantsIT",
            "whatTheDocumentsGrant"),
    /** The same user, who may only read. */
    READING_USER(
            "simulations-config/external.conf",
            "GRANT REPLICATION CLIENT ON *.* TO distributed_mysql_test",
            "topology.external.GrantsIT",
            "whatTheDocumentsGrant"),
    FIRST_LOOK(
            "README.md", "CREATE USER IF NOT EXISTS looks_only", "topology.external.GrantsIT", "whatTheDocumentsGrant"),
    LOOKS_ONLY(
            "docs/topologies.md",
            "CREATE USER IF NOT EXISTS looks_only",
            "topology.external.GrantsIT",
            "whatTheDocumentsGrant"),
    /** On a replica that does not get its accounts from the primary. */
    USER_ON_A_REPLICA(
            "docs/topologies.md",
            "SET GLOBAL super_read_only = OFF",
            "topology.external.PastedSqlIT",
            "usersOfAReplica"),
    REPAIR("docs/consistency.md", "SET SESSION binlog_format", "topology.external.PastedSqlIT", "repairedRows"),
    EMPTY_TRANSACTION("docs/failover.md", "SET gtid_next", "topology.external.PastedSqlIT", "errantTransactions");

    private static final Pattern READS = Pattern.compile("(?:CHECK TABLE|EXPLAIN|SELECT|SHOW|WITH)\\s+\\S.*");
    private static final Pattern SQL = Pattern.compile(
            "(?:ALTER|ANALYZE|BEGIN|CALL|CHANGE|CLONE|COMMIT|CREATE|DELETE|DO|DROP|FLUSH|GRANT|INSERT|INSTALL|KILL|LOCK"
                    + "|OPTIMIZE|PURGE|RENAME|REPLACE|RESET|REVOKE|SET|START|STOP|TRUNCATE|UNINSTALL|UNLOCK|UPDATE|XA)\\s+\\S.*");

    private final Path file;
    private final String start;
    private final String test;
    private final String method;

    DocumentedSql(String file, String start, String test, String method) {
        this.file = Path.of(file);
        this.start = start;
        this.test = test;
        this.method = method;
    }

    /** Changes something: to be registered here. */
    static boolean changes(String line) {
        return SQL.matcher(line).matches();
    }

    private static boolean reads(String line) {
        return READS.matcher(line).matches();
    }

    static boolean reads(Documents.Block block) {
        return block.commands().stream().allMatch(line -> reads(line.strip()) || line.startsWith(" "));
    }

    /** Those of all documents that only read; a line that is indented goes on with the one before. */
    public static List<String> reading() {
        return Documents.blocks().stream()
                .filter(DocumentedSql::reads)
                .flatMap(block -> Stream.of(String.join("\n", block.commands()).split(";\\s*(?:\n|$)")))
                .toList();
    }

    boolean is(Documents.Block block) {
        return block.file().equals(file) && block.first().startsWith(start);
    }

    /** The class, below our package. */
    String test() {
        return test;
    }

    String method() {
        return method;
    }

    /** As they stand in the document, without semicolons. */
    public List<String> statements() {
        List<Documents.Block> found =
                Documents.blocks(file).stream().filter(this::is).toList();
        if (found.size() != 1) {
            throw new AssertionError(
                    this + ": one block that begins with \"" + start + "\" in " + file + ", not " + found);
        }
        return found.get(0).commands().stream()
                .map(line -> line.strip().replaceFirst(";$", ""))
                .toList();
    }
}
