package distributedmysql.planted.gatling;

import scala.Option;

public record KnowsScala(Option<String> maybe) {}
