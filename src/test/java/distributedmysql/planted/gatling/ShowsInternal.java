package distributedmysql.planted.gatling;

import distributedmysql.planted.gatling.internal.KnowsGatling;

public interface ShowsInternal {
    KnowsGatling returned();

    void taken(String name, KnowsGatling type);
}
