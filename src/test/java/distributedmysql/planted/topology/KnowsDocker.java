package distributedmysql.planted.topology;

import distributedmysql.planted.topology.docker.KnowsTopology;

public record KnowsDocker(KnowsTopology back) {}
