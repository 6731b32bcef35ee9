package distributedmysql.mysql;

import java.time.Instant;

/**
 * One time that one of the user's own commands was run.
 *
 * @param hook its key in the settings, for instance {@code external.hooks.start}
 * @param node what it was run for, with its address
 * @param exitCode null as long as it runs, and where it did not end by itself
 * @param problem why there is no exit code; null if there is one
 */
public record HookRun(String hook, String node, Instant begun, Integer exitCode, String problem) {
    /** One that runs now. */
    public static HookRun running(String hook, String node) {
        return new HookRun(hook, node, Instant.now(), null, "it is still running");
    }

    public HookRun ended(int code) {
        return new HookRun(hook, node, begun, code, null);
    }

    public HookRun failed(String why) {
        return new HookRun(hook, node, begun, null, why);
    }
}
