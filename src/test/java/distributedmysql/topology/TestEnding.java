package distributedmysql.topology;

/** The run is ending as after Ctrl-C, until this is closed: tests share a JVM. */
public final class TestEnding implements AutoCloseable {
    public TestEnding() {
        Ending.begin();
    }

    @Override
    public void close() {
        Ending.forget();
    }
}
