package distributedmysql.load.record;

import distributedmysql.topology.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The requests of a stage that count, or those that do not, by the role of their server. Thread-safe. */
final class RoleRecorders {
    /** Not an adder: a new one, which no two threads have met at yet, takes a branch of its own. */
    final AtomicLong started = new AtomicLong();

    final Map<Role, RoleRecorder> roles = new EnumMap<>(Role.class);

    /** Where another action than ours sent its requests. */
    final RoleRecorder elsewhere = new RoleRecorder();

    RoleRecorders() {
        for (Role role : Role.values()) {
            roles.put(role, new RoleRecorder());
        }
    }

    /** The latencies and waits of all; errors are counted elsewhere. */
    RoleRecorder together() {
        RoleRecorder together = new RoleRecorder();
        List<RoleRecorder> all = new ArrayList<>(roles.values());
        all.add(elsewhere);
        for (RoleRecorder role : all) {
            together.latency.add(role.latency);
            together.poolWait.add(role.poolWait);
        }
        return together;
    }
}
