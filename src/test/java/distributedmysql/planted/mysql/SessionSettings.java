package distributedmysql.planted.mysql;

record SessionSettings() {}
