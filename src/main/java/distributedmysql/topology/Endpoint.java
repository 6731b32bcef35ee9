package distributedmysql.topology;

import distributedmysql.config.HostPort;
import distributedmysql.mysql.Node;
import java.util.List;

/**
 * An address in front of a replica set, which leads each connection to one of its servers.
 *
 * @param name for instance {@code writer}
 * @param role of the servers that it is to lead to
 */
public record Endpoint(String name, Role role, HostPort address) {
    /** Where it may lead to: replicas, or to the primary as long as there is none; or only to the primary. */
    public List<Node> right(ReplicaSet.Roles roles) {
        return role == Role.PRIMARY || roles.replicas().isEmpty() ? List.of(roles.primary()) : roles.replicas();
    }

    @Override
    public String toString() {
        return name + " endpoint (" + address + ")";
    }
}
