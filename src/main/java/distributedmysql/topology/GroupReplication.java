package distributedmysql.topology;

import distributedmysql.config.GroupMode;
import distributedmysql.mysql.Capability;
import distributedmysql.mysql.Credentials;
import distributedmysql.mysql.GroupView;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import distributedmysql.mysql.TopologyException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Group replication of servers that the framework has started
 * (https://dev.mysql.com/doc/refman/8.0/en/group-replication.html). Stateless and thread-safe.
 *
 * <p>Every method throws {@link TopologyException} if a server does not answer, refuses, or does not get there within the
 * deadline.
 */
public final class GroupReplication {
    /** All take writes, and what that mode cannot keep apart is refused: SERIALIZABLE transactions, and foreign keys that cascade. */
    private static final List<String> MULTI_PRIMARY = List.of(
            "--loose-group-replication-single-primary-mode=OFF",
            "--loose-group-replication-enforce-update-everywhere-checks=ON");

    private GroupReplication() {}

    /**
     * The options of one member, for a server's command line.
     *
     * @param name of the group, a UUID, which its transactions are numbered with
     * @param address where the other members reach it; no client does
     * @param seeds of all members
     */
    public static List<String> options(String name, GroupMode mode, String address, List<String> seeds) {
        List<String> options = new ArrayList<>(List.of(
                "--plugin-load-add=group_replication.so",
                "--loose-group-replication-group-name=" + name,
                "--loose-group-replication-local-address=" + address,
                "--loose-group-replication-group-seeds=" + String.join(",", seeds),
                "--loose-group-replication-start-on-boot=OFF",
                "--loose-group-replication-recovery-get-public-key=ON",
                // A member that is gone is expelled when it is suspected, after 5 s, and not 5 s later.
                "--loose-group-replication-member-expel-timeout=0",
                // The least that there can be; the default is 1 GiB for each member.
                "--loose-group-replication-message-cache-size=" + (128 << 20)));
        if (mode == GroupMode.MULTI_PRIMARY) {
            options.addAll(MULTI_PRIMARY);
        }
        return options;
    }

    /** Makes a group of the first node, as its primary, and lets the others join at once. */
    public static void form(List<Node> nodes, Credentials account, Duration deadline) {
        bootstrap(nodes.get(0), account, deadline);
        List<CompletableFuture<Void>> joining = nodes.stream()
                .skip(1)
                .map(node -> CompletableFuture.runAsync(() -> join(node, account, deadline)))
                .toList();
        try {
            joining.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof TopologyException told ? told : e;
        }
    }

    /** Makes a group of this member, as its primary; returns when it takes writes. */
    public static void bootstrap(Node node, Credentials account, Duration deadline) {
        Mysql.run(node, deadline, "make a group", session -> {
            // One that has given up its group counts as running.
            session.execute("STOP GROUP_REPLICATION");
            prepare(session, node, account);
            session.execute("SET GLOBAL group_replication_bootstrap_group = ON");
            try {
                session.execute("START GROUP_REPLICATION");
            } finally {
                session.execute("SET GLOBAL group_replication_bootstrap_group = OFF");
            }
        });
        awaitOnline(node, deadline);
        awaitWrites(node, deadline);
    }

    /**
     * How long a member without the others' majority lets writes wait, before it refuses them and gives up the group.
     *
     * @param timeout in whole seconds, from when it finds the others unreachable; zero: for ever, which is MySQL's default
     */
    public static void limitWaits(Node node, Duration timeout) {
        Mysql.execute(node, "SET GLOBAL group_replication_unreachable_majority_timeout = " + timeout.toSeconds());
    }

    /**
     * Makes this member, which waits in vain for a majority, the only one of its group; what waits there is committed. Returns when
     * it takes writes. No other member may be alive: there would be two groups.
     */
    public static void force(Node node, Duration deadline) {
        Mysql.run(node, deadline, "make it the only member of its group", session -> {
            String address = session.text("SELECT @@global.group_replication_local_address");
            session.execute("SET GLOBAL group_replication_force_members = '" + address + "'");
            // Otherwise it could not be started again.
            session.execute("SET GLOBAL group_replication_force_members = ''");
        });
        Await.until(
                node + ": to be alone in its group",
                deadline,
                () -> view(node).primary().isPresent(),
                () -> view(node).toString());
        awaitWrites(node, deadline);
    }

    private static void awaitWrites(Node node, Duration deadline) {
        Await.until(node + ": to take writes", deadline, () -> Replication.takesWrites(node), () -> "it is read-only");
    }

    /** Joins the group, fetching what it lacks; returns when it has that. */
    public static void join(Node node, Credentials account, Duration deadline) {
        Mysql.run(node, deadline, "join the group", session -> {
            // One that was expelled counts as running, and may be trying to come back by itself.
            session.execute("STOP GROUP_REPLICATION");
            prepare(session, node, account);
            session.execute("START GROUP_REPLICATION");
        });
        awaitOnline(node, deadline);
    }

    private static void prepare(Mysql session, Node node, Credentials account) throws SQLException {
        String sql = Capability.CHANGE_REPLICATION_SOURCE.in(node.version())
                ? "CHANGE REPLICATION SOURCE TO SOURCE_USER = ?, SOURCE_PASSWORD = ? FOR CHANNEL 'group_replication_recovery'"
                : "CHANGE MASTER TO MASTER_USER = ?, MASTER_PASSWORD = ? FOR CHANNEL 'group_replication_recovery'";
        session.execute(sql, account.user(), account.password());
    }

    private static void awaitOnline(Node node, Duration deadline) {
        Await.until(
                node + ": to be a member of its group",
                deadline,
                () -> view(node).isOnline(node.serverUuid()),
                () -> view(node).toString());
    }

    /** As this node sees its group; no member where it is in none. */
    public static GroupView view(Node node) {
        return Mysql.ask(node, "read the members of its group", GroupView::read);
    }
}
