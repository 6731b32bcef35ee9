package distributedmysql.load;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What may take seconds each, all at once: of a server that does not answer, HikariCP waits for the connections that it is
 * opening. The common pool's threads are as few as the processors.
 */
final class SideBySide {
    private SideBySide() {}

    /** Returns when all have ended. */
    static <T> void each(Collection<T> all, String name, Consumer<T> work) {
        CompletableFuture.allOf(all.stream()
                        .map(one -> CompletableFuture.runAsync(() -> work.accept(one), task -> start(task, name)))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private static void start(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
