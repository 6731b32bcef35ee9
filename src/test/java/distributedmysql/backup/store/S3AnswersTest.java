package distributedmysql.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that answers as a store does that will not; the whole way through the SDK. */
@Timeout(60)
class S3AnswersTest {
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        S3Credentials.set();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        S3Credentials.clear();
    }

    private ObjectStore store() {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return S3Store.open(new S3Settings(Optional.of(endpoint), "us-east-1", "backups", "", true, 5 << 20));
    }

    private void answer(int status, String code) {
        byte[] body = ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>it says</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            exchange.getResponseHeaders().add("Content-Type", "application/xml");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, access denied (403 AccessDenied it says)",
        "403, InvalidAccessKeyId, the credentials are refused",
        "404, NoSuchBucket, backup.store.s3.bucket = backups: there is no such bucket",
        "507, InsufficientStorage, the store is full (507 InsufficientStorage it says)"
    })
    void whatItAnswersIsSaid(int status, String code, String says) {
        answer(status, code);
        try (ObjectStore store = store()) {
            assertThatThrownBy(() -> Samples.putRaw(store, "b/a", new byte[10]))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("cannot write s3://backups/b/a: ")
                    .hasMessageContaining(says)
                    .satisfies(S3AnswersTest::hasNoCredentials);
            assertThatThrownBy(() -> Samples.putRaw(store, "b/a", new byte[6 << 20]))
                    .hasMessageContaining(says);
            assertThatThrownBy(() -> store.list("")).hasMessageContaining(says);
        }
    }

    private static void hasNoCredentials(Throwable e) {
        assertThat(e.getMessage()).doesNotContain(S3Credentials.ID).doesNotContain(S3Credentials.SECRET);
    }

    /** Says that all went well, and has something else. */
    private List<String> keepsSomethingElse(byte[] kept, Map<String, String> headers) {
        List<String> asked = new CopyOnWriteArrayList<>();
        server.createContext("/", exchange -> {
            String method = exchange.getRequestMethod();
            asked.add(method);
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            headers.forEach(exchange.getResponseHeaders()::add);
            if (method.equals("HEAD")) {
                exchange.getResponseHeaders().add("Content-Length", String.valueOf(kept.length));
            }
            boolean whole = method.equals("GET");
            exchange.sendResponseHeaders(200, whole ? kept.length : -1);
            if (whole) {
                exchange.getResponseBody().write(kept);
            }
            exchange.close();
        });
        return asked;
    }

    static Stream<Arguments> kept() {
        Map<String, String> none = Map.of();
        String whole = Base64.getEncoder().encodeToString(Measured.sha256().digest(new byte[10]));
        return Stream.of(
                Arguments.of("another size", new byte[9], Map.of("x-amz-checksum-sha256", whole), false),
                Arguments.of("another checksum", new byte[10], Map.of("x-amz-checksum-sha256", "AAAA"), false),
                Arguments.of("no checksum, other bytes", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, none, false),
                Arguments.of("no checksum, the same bytes", new byte[10], none, true),
                Arguments.of("the checksum", new byte[10], Map.of("x-amz-checksum-sha256", whole), true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kept")
    void whatArrivedIsComparedWithWhatWasSent(String what, byte[] kept, Map<String, String> headers, boolean good)
            throws IOException {
        List<String> asked = keepsSomethingElse(kept, headers);
        try (ObjectStore store = store()) {
            if (good) {
                Samples.putRaw(store, "b/a", new byte[10]);
                assertThat(asked).doesNotContain("DELETE");
                return;
            }
            assertThatThrownBy(() -> Samples.putRaw(store, "b/a", new byte[10]))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith(
                            "s3://backups/b/a: what arrived there is not what was sent, and was removed");
            assertThat(asked).last().isEqualTo("DELETE");
        }
    }

    @Test
    void nobodyThere() {
        server.stop(0);
        try (ObjectStore store = store()) {
            assertThatThrownBy(() -> store.list(""))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining(
                            "http://127.0.0.1:" + server.getAddress().getPort() + " cannot be reached")
                    .hasMessageContaining("backup.store.s3.endpoint")
                    .satisfies(S3AnswersTest::hasNoCredentials);
        }
    }
}
