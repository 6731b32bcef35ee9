package distributedmysql.report.html;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Addresses relative to the page, which hold when the whole folder is moved. */
final class Links {
    private Links() {}

    /** @param beside a file in the page's directory */
    static String from(Path beside, Path to) {
        Path directory = beside.toAbsolutePath().normalize().getParent();
        StringBuilder address = new StringBuilder();
        for (Path part : directory.relativize(to.toAbsolutePath().normalize())) {
            address.append(address.isEmpty() ? "" : "/").append(escaped(part.toString()));
        }
        return address.toString();
    }

    /** What would mean something else in an address. */
    private static String escaped(String name) {
        StringBuilder text = new StringBuilder();
        for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "._-~$".indexOf(c) >= 0);
            text.append(plain ? String.valueOf(c) : Words.format("%%%02X", (int) c));
        }
        return text.toString();
    }
}
