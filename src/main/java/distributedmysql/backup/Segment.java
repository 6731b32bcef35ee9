package distributedmysql.backup;

import distributedmysql.backup.binlog.BinlogContents;
import distributedmysql.backup.binlog.BinlogReader;
import distributedmysql.mysql.GtidSet;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A shipped binary log that was fetched from the store and read: it is whole, and holds what its manifest says.
 *
 * @param file where it is now
 * @param end up to where it is to be applied, in bytes
 * @param gtids what it holds up to there
 */
record Segment(StoredBackup backup, Path file, BinlogContents contents, long end, GtidSet gtids) {
    /**
     * @param cut finds up to where it is to be applied
     * @throws distributedmysql.backup.store.DamagedBackupException if it is not what was stored
     * @throws distributedmysql.backup.binlog.DamagedBinlogException if it is no whole binary log
     */
    static Segment fetch(StoredBackup backup, Path directory, CutFinder cut) throws IOException {
        String object = backup.manifest().objects().get(0).name();
        Path file = directory.resolve(backup.manifest().id());
        BinlogContents contents;
        try (InputStream in = backup.open(object);
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            contents = BinlogReader.read(backup + ", " + object, in, out, cut);
        }
        GtidSet said = backup.gtids();
        if (!contents.gtids().equals(said)) {
            throw new BackupException(backup + ", " + object + ": holds the transactions " + contents.gtids()
                    + ", and by its manifest " + said);
        }
        GtidSet gtids = cut.gtids();
        return new Segment(backup, file, contents, gtids.equals(said) ? contents.bytes() : cut.end(), gtids);
    }

    /**
     * Whether the next one may be applied without a pause: the applier forgets the logical timestamps of a file only at
     * the event that ends it by going on to the next one (Rotate), and takes those of the next file, which begin anew, for wrong ones
     * otherwise (ER_MTA_CANT_PARALLEL).
     */
    boolean leadsOn() {
        return contents.rotated() && end == contents.bytes();
    }
}
