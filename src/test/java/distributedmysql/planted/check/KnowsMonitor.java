package distributedmysql.planted.check;

import distributedmysql.planted.monitor.KnowsCheck;

public record KnowsMonitor(KnowsCheck recorder) {}
