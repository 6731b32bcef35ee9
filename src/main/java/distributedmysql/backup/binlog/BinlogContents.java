package distributedmysql.backup.binlog;

import distributedmysql.mysql.GtidSet;
import java.time.Instant;
import java.util.Optional;

/**
 * What a file holds, all of which was read.
 *
 * @param name of the file
 * @param serverVersion of the server that wrote it
 * @param checksummed whether each event has a checksum; without, a bit that flipped in a row is not noticed
 * @param previous all that the server had executed before
 * @param gtids of the transactions in it
 * @param transactions how many
 * @param lastCommit of the last one, as {@link BinlogTransaction#committed}; empty if there is none
 * @param rotated whether it ends with the event by which the server went on to the next file (Rotate)
 * @param closed when the server went on to the next file, or ended, by its clock and in whole seconds; empty if it did
 *     neither in this file: it still writes to it, or was killed
 */
public record BinlogContents(
        String name,
        String serverVersion,
        boolean checksummed,
        GtidSet previous,
        GtidSet gtids,
        long transactions,
        long bytes,
        Optional<Instant> lastCommit,
        boolean rotated,
        Optional<Instant> closed) {}
