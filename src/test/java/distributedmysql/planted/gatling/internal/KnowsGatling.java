package distributedmysql.planted.gatling.internal;

import distributedmysql.planted.gatling.KnowsScala;

public record KnowsGatling(KnowsScala above) {}
