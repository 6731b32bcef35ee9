package distributedmysql.topology.router;

import distributedmysql.mysql.Node;
import distributedmysql.topology.Role;

/** Says which servers an endpoint may lead to. Must not block. */
@FunctionalInterface
public interface RoleCheck {
    /** @param endpoint the role of the servers that the endpoint is to lead to */
    boolean passes(Role endpoint, Node node);
}
