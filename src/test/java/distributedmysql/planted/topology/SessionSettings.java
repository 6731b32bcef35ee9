package distributedmysql.planted.topology;

record SessionSettings() {}
