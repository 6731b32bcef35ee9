package distributedmysql.monitor.table;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A row as one side holds it.
 *
 * @param digest SHA-256 of the whole row, hexadecimal; null if a limit of the server kept it from reading all of the row
 */
record RowDigest(Key key, String digest) {
    RowDigest unreadable() {
        return new RowDigest(key, null);
    }

    boolean isReadable() {
        return digest != null;
    }

    /**
     * @param first the result's column where the key starts; the digest follows the key
     */
    static RowDigest read(ResultSet row, int first, int keySize) throws SQLException {
        List<String> values = new ArrayList<>(keySize);
        for (int i = 0; i < keySize; i++) {
            values.add(row.getString(first + i));
        }
        return new RowDigest(new Key(List.copyOf(values)), row.getString(first + keySize));
    }
}
