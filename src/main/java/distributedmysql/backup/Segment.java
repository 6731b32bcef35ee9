package distributedmysql.backup;

import distributedmysql.backup.binlog.BinlogContents;
import distributedmysql.backup.binlog.BinlogReader;
import distributedmysql.backup.binlog.BinlogTransaction;
import distributedmysql.mysql.GtidSet;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A shipped binary log that was fetched from the store and read: it is whole, and holds what its manifest says.
 *
 * @param file where it is now
 * @param end up to where it is to be applied, in bytes
 */
record Segment(StoredBackup backup, Path file, BinlogContents contents, long end) {
    /**
     * @param each is told of each transaction
     * @throws distributedmysql.backup.store.DamagedBackupException if it is not what was stored
     * @throws distributedmysql.backup.binlog.DamagedBinlogException if it is no whole binary log
     */
    static Segment fetch(StoredBackup backup, Path directory, Consumer<BinlogTransaction> each) throws IOException {
        String object = backup.manifest().objects().get(0).name();
        Path file = directory.resolve(backup.manifest().id());
        BinlogContents contents;
        try (InputStream in = backup.open(object);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            contents = BinlogReader.read(backup + ", " + object, in, out, each);
        }
        GtidSet said = backup.gtids();
        if (!contents.gtids().equals(said)) {
            throw new BackupException(backup + ", " + object + ": holds the transactions " + contents.gtids()
                    + ", and by its manifest " + said);
        }
        return new Segment(backup, file, contents, contents.bytes());
    }

    Segment cutAt(long byteEnd) {
        return new Segment(backup, file, contents, byteEnd);
    }
}
