package distributedmysql.planted.monitor;

import distributedmysql.planted.check.KnowsMonitor;

public record KnowsCheck(KnowsMonitor judge) {}
