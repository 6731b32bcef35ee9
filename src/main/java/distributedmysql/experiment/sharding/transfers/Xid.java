package distributedmysql.experiment.sharding.transfers;

import distributedmysql.topology.Shards;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The name of a transfer's branch on one shard. It has the database in it, because {@code XA RECOVER} lists the transactions of
 * everybody on the server; and the shard, because the qualifiers of one transaction's branches must differ
 * (https://dev.mysql.com/doc/refman/8.0/en/xa-restrictions.html).
 *
 * @param database without quotes
 * @param shard from 0 on
 */
record Xid(String database, int number, int shard) {
    /** "mdtf": whose format it is. */
    static final long FORMAT = 0x6d647466L;

    private static final Pattern GLOBAL = Pattern.compile("transfer-(\\d{1,9})-([0-9a-f]{8})");
    private static final Pattern BRANCH = Pattern.compile("shard(\\d{1,4})");

    /**
     * What is in a row of {@code XA RECOVER CONVERT XID}; empty if it is not a transfer's of this database.
     *
     * @param data both parts of the name one after the other, as {@code 0x…}
     */
    static Optional<Xid> parse(String database, long format, int globalLength, String data) {
        if (format != FORMAT || !data.startsWith("0x")) {
            return Optional.empty();
        }
        String text = new String(HexFormat.of().parseHex(data.substring(2)), StandardCharsets.ISO_8859_1);
        if (globalLength > text.length()) {
            return Optional.empty();
        }
        Matcher global = GLOBAL.matcher(text.substring(0, globalLength));
        Matcher branch = BRANCH.matcher(text.substring(globalLength));
        return global.matches() && branch.matches() && global.group(2).equals(hash(database))
                ? Optional.of(
                        new Xid(database, Integer.parseInt(global.group(1)), Integer.parseInt(branch.group(1)) - 1))
                : Optional.empty();
    }

    /** As statements write it: "to be on the safe side", as the manual says, in hexadecimal (…/xa-statements.html). */
    String sql() {
        return hex("transfer-" + number + "-" + hash(database)) + "," + hex(Shards.name(shard)) + "," + FORMAT;
    }

    private static String hex(String text) {
        return "X'" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII)) + "'";
    }

    /** A name may be as long as a whole part of the xid may be, 64 bytes. */
    private static String hash(String database) {
        CRC32 crc = new CRC32();
        crc.update(database.getBytes(StandardCharsets.UTF_8));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }
}
