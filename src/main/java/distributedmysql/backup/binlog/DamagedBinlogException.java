package distributedmysql.backup.binlog;

import java.io.IOException;

/** A file of a binary log is not whole, or is none. The message names it, the place in it, and what is wrong there. */
public final class DamagedBinlogException extends IOException {
    private static final long serialVersionUID = 1;

    public DamagedBinlogException(String file, String what) {
        super(file + ": " + what);
    }
}
