package distributedmysql.planted.check;

import io.gatling.javaapi.core.Session;

record KnowsGatling(Session engine) {}
