package distributedmysql.planted.history;

import java.sql.Connection;

record KnowsJdbc(Connection engine) {}
