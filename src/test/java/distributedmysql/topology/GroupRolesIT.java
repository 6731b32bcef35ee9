package distributedmysql.topology;

import static org.assertj.core.api.Assertions.assertThat;

import distributedmysql.fault.Servers;
import distributedmysql.mysql.Mysql;
import distributedmysql.mysql.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@OwnServers(group = true)
class GroupRolesIT {
    private static final int CHANGES = 6;

    private record Told(Node former, Node primary, long nanos) {}

    @Test
    @DisplayName(
            "Whoever the group makes its primary is the primary of the routes too; how soon is measured, each time")
    void follow(ReplicaSet group) throws InterruptedException {
        BlockingQueue<Told> told = new LinkedBlockingQueue<>();
        List<Long> millis = new ArrayList<>();
        group.onPromotion((former, primary) -> told.add(new Told(former, primary, System.nanoTime())));
        for (int i = 0; i < CHANGES; i++) {
            Node former = group.primary();
            Node next = group.replicas().get(i % 2);
            // It returns when the group has changed, and the routes may know it already.
            Mysql.text(former, "SELECT group_replication_set_as_primary('" + next.serverUuid() + "')");
            long changed = System.nanoTime();

            Told change = told.poll(Servers.DEADLINE.toSeconds(), TimeUnit.SECONDS);
            assertThat(change).as("%s instead of %s", next, former).isNotNull();
            assertThat(change.former()).isEqualTo(former);
            assertThat(change.primary()).isEqualTo(next);
            millis.add(Math.max(0, TimeUnit.NANOSECONDS.toMillis(change.nanos() - changed)));
            Servers.await(
                    former + ": to be a secondary",
                    () -> group.replicas().contains(former) && group.replicas().size() == 2,
                    () -> group.replicas().toString());
            assertThat(Replication.takesWrites(group.primary())).isTrue();
        }
        assertThat(told).as("told once for each change").isEmpty();
        System.out.println("routes knew a group's new primary after " + millis + " ms");
    }
}
