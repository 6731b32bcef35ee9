package distributedmysql.backup;

import distributedmysql.mysql.Mysql;
import distributedmysql.topology.Deployment;
import distributedmysql.topology.TestServers;
import java.nio.file.Path;

/** A backup in a JVM of its own, which a test kills: takes one after the other, and says so. */
final class StartedBackup {
    private StartedBackup() {}

    public static void main(String[] arguments) throws Exception {
        Deployment deployment = TestServers.start(0);
        Mysql.execute(deployment.replicaSet().primary(), "CREATE DATABASE backup_it");
        Backups backups = Backups.in(Path.of(arguments[0]), deployment.spares());
        while (true) {
            System.out.println("begins");
            backups.full(arguments[1], deployment.replicaSet().primary());
            System.out.println("finished");
        }
    }
}
