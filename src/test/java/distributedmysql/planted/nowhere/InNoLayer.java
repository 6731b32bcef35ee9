package distributedmysql.planted.nowhere;

record InNoLayer() {}
