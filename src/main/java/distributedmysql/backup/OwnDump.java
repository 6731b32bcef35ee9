package distributedmysql.backup;

import distributedmysql.mysql.GtidSet;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A dump in a file, which the user has made: SQL as it is, or compressed by gzip. */
record OwnDump(Path file) {
    private static final String FIRST_LINE = "-- MySQL dump";

    static boolean isOne(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file) && (name.endsWith(".sql") || name.endsWith(".sql.gz"));
    }

    InputStream open() throws IOException {
        InputStream in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
    }

    /**
     * What it says.
     *
     * @param gtids those that it holds; empty if it does not say so
     * @param database which it expects to be there
     */
    record Said(Optional<GtidSet> gtids, Optional<String> database) {}

    /**
     * Reads it to its end.
     *
     * @throws BackupException if its end is missing
     */
    Said read() throws IOException {
        try (InputStream in = open()) {
            byte[] first = in.readNBytes(DumpText.HEADER_BYTES);
            DumpText.End end = new DumpText.End(first);
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                end.add(buffer, read);
            }
            String header = new String(first, StandardCharsets.UTF_8);
            // With --skip-comments it has neither.
            if (header.contains(FIRST_LINE) && !end.isComplete()) {
                throw new BackupException(file + ": does not end as mysqldump ends a dump; its end is missing");
            }
            return new Said(DumpText.findGtids(header), DumpText.database(header));
        } catch (EOFException | ZipException e) {
            throw new BackupException(file + ": is not whole: " + e.getMessage());
        }
    }
}
