package distributedmysql.planted.topology.docker;

import distributedmysql.planted.topology.KnowsDocker;

public record KnowsTopology(KnowsDocker back) {}
