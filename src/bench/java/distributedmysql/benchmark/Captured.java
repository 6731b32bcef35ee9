package distributedmysql.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Output that was captured from real programs. */
final class Captured {
    private Captured() {}

    static String text(String name) throws IOException {
        try (InputStream stream = Captured.class.getResourceAsStream("/captured/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
