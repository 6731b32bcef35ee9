package distributedmysql.planted.config;

import distributedmysql.planted.topology.KnowsDocker;

record KnowsTopology(KnowsDocker above) {}
