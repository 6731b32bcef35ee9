package distributedmysql.planted.experiment.backup;

import distributedmysql.planted.experiment.recovery.Recovery;

record KnowsRecovery(Recovery other) {}
