package distributedmysql.load;

import distributedmysql.history.EndpointHistory;
import distributedmysql.history.RunClock;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.Endpoint;
import distributedmysql.topology.ReplicaSet;
import distributedmysql.topology.Role;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The endpoints in front of a replica set, and what was answered through them by all pools of the run. Thread-safe. */
public final class Endpoints {
    private final ReplicaSet replicaSet;
    private final Duration limit;
    private final Map<Role, Endpoint> endpoints = new EnumMap<>(Role.class);
    private final Map<Role, EndpointAnswers> answers = new EnumMap<>(Role.class);

    /**
     * @param inFront at most one for each role
     * @param limit how long one may lead to a server that has ceased to be right for it
     */
    public Endpoints(ReplicaSet replicaSet, List<Endpoint> inFront, Duration limit, RunClock clock) {
        this.replicaSet = replicaSet;
        this.limit = limit;
        for (Endpoint endpoint : inFront) {
            endpoints.put(endpoint.role(), endpoint);
            answers.put(endpoint.role(), new EndpointAnswers(endpoint, replicaSet, clock));
        }
    }

    /** Empty if the deployment has none. */
    public static Optional<Endpoints> of(Deployment deployment, Duration limit, RunClock clock) {
        return deployment.endpoints().isEmpty()
                ? Optional.empty()
                : Optional.of(new Endpoints(deployment.replicaSet(), deployment.endpoints(), limit, clock));
    }

    /** How long one may lead to a server that has ceased to be right for it. */
    public Duration limit() {
        return limit;
    }

    /** The writer first. */
    public List<Endpoint> all() {
        return List.copyOf(endpoints.values());
    }

    /** So far, in the order of {@link #all}. */
    public List<EndpointHistory> histories() {
        return answers.values().stream().map(EndpointAnswers::history).toList();
    }

    /** Empty if there is no endpoint for this role. */
    Optional<Behind> behind(Role role) {
        return Optional.ofNullable(endpoints.get(role))
                .map(endpoint -> new BehindEndpoint(endpoint, replicaSet, answers.get(role)));
    }

    /** One that is right for the endpoint at present. */
    static Node expected(Endpoint endpoint, ReplicaSet replicaSet) {
        return endpoint.right(replicaSet.roles()).get(0);
    }
}
