package distributedmysql.topology;

/** Something to do if the JVM ends (normally, or by Ctrl-C) before this is closed. */
public final class ExitHook implements AutoCloseable {
    private final Thread thread;

    public ExitHook(String name, Runnable action) {
        thread = new Thread(action, name);
        try {
            Runtime.getRuntime().addShutdownHook(thread);
        } catch (IllegalStateException ignored) {
            // The JVM is ending already: whoever works now must come to an end by itself.
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException ignored) {
            // The JVM is ending already, and runs the action.
        }
    }
}
