package distributedmysql.topology.embedded;

import distributedmysql.config.RouterSettings;
import distributedmysql.topology.TestServers;
import distributedmysql.topology.router.HaProxy;
import java.io.IOException;

/** The HAProxy that a run would take. */
public final class TestHaProxy {
    private TestHaProxy() {}

    public static HaProxy.Program program() throws IOException {
        CacheDirectory cache =
                CacheDirectory.open(TestServers.settings().embedded().cacheDirectory(), System.out::println);
        return HaProxyProgram.find(RouterSettings.NONE, cache, System.out::println);
    }
}
