package distributedmysql.planted.check;

import distributedmysql.planted.fault.KnowsCheck;

public record KnowsFault(KnowsCheck recorder) {}
