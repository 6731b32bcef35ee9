package distributedmysql.planted.fault;

import distributedmysql.planted.check.KnowsFault;

public record KnowsCheck(KnowsFault judge) {}
