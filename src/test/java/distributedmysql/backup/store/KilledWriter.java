package distributedmysql.backup.store;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A process that writes a backup and never ends by itself; tells on its standard output when it is in the middle. */
final class KilledWriter {
    private KilledWriter() {}

    /** @param arguments the store's directory */
    public static void main(String[] arguments) throws Exception {
        BackupStore store = new BackupStore(new LocalStore(Path.of(arguments[0])), Optional.empty(), 1, Samples.CLOCK);
        BackupWriter writer = store.begin(Samples.full());
        writer.object("a", out -> out.write(new byte[1000]));
        writer.object("b", KilledWriter::inTheMiddle);
    }

    private static void inTheMiddle(OutputStream out) throws java.io.IOException, InterruptedException {
        out.write(Samples.noise(1 << 20, 1));
        System.out.println("writing");
        new CountDownLatch(1).await();
    }
}
