package distributedmysql.gatling;

import distributedmysql.check.CheckResult;
import distributedmysql.config.Settings;
import distributedmysql.report.StageRecorder;
import distributedmysql.report.StageRecorders;
import java.util.List;

final class RunEnd {
    private final RunServers servers;
    private final StageRecorders recorders;
    private final List<CheckResult> results;

    RunEnd(
            String simulation,
            Settings settings,
            RunServers servers,
            StageRecorders recorders,
            List<CheckResult> results) {
        this.servers = servers;
        this.recorders = recorders;
        this.results = results;
    }

    void loadStarts() {}

    void complete() {
        for (StageRecorder r : recorders.all()) System.out.println(r);
        results.forEach(System.out::println);
        servers.close();
    }
}
