package distributedmysql.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchedSocketTest {
    private static final int CONNECT_MILLIS = 5_000;

    private final WatchedSocket socket = new WatchedSocket();
    private ServerSocket listener;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket.connect(listener.getLocalSocketAddress(), CONNECT_MILLIS);
        server = listener.accept();
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        server.close();
        listener.close();
    }

    @Test
    void readsWhatTheServerSends() throws IOException {
        byte[] sent = new byte[100_000];
        for (int i = 0; i < sent.length; i++) {
            sent[i] = (byte) (i * 31);
        }
        CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> send(sent));
        InputStream answers = socket.getInputStream();

        int first = answers.read();
        byte[] small = answers.readNBytes(9);
        byte[] large = answers.readNBytes(sent.length - 10);

        sender.join();
        assertThat((byte) first).isEqualTo(sent[0]);
        assertThat(small).isEqualTo(Arrays.copyOfRange(sent, 1, 10));
        assertThat(large).isEqualTo(Arrays.copyOfRange(sent, 10, sent.length));
    }

    @Test
    void whatIsReadAheadIsAvailable() throws IOException {
        send(new byte[] {1, 2, 3});
        InputStream answers = socket.getInputStream();

        assertThat(answers.read()).isEqualTo(1);

        assertThat(answers).isSameAs(socket.getInputStream());
        assertThat(answers.available()).isEqualTo(2);
    }

    @Test
    void theEndOfTheStreamIsTheEnd() throws IOException {
        server.close();

        assertThat(socket.getInputStream().read()).isEqualTo(-1);
        assertThat(socket.getInputStream().read(new byte[10])).isEqualTo(-1);
    }

    @Test
    void aSilentServerIsGivenUpAfterTheTimeout() throws IOException {
        socket.setSoTimeout(200);
        long start = System.nanoTime();

        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

        assertThat(System.nanoTime() - start).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(150));
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    void aServerThatSendsNowAndThenIsNotGivenUp() throws IOException {
        socket.setSoTimeout(2_000);
        CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 12; i++) {
                CompletableFuture.runAsync(
                                () -> send(new byte[1]), CompletableFuture.delayedExecutor(250, TimeUnit.MILLISECONDS))
                        .join();
            }
        });

        assertThat(socket.getInputStream().readNBytes(12)).hasSize(12);

        sender.join();
    }

    @Test
    void withoutATimeoutItWaitsUntilItIsClosed() {
        CompletableFuture.runAsync(this::closeSocket, CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));

        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .isNotInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aRefusedConnectionIsRefusedAtOnce() throws IOException {
        server.close();
        listener.close();
        try (WatchedSocket refused = new WatchedSocket()) {
            assertThatThrownBy(() -> refused.connect(listener.getLocalSocketAddress(), CONNECT_MILLIS))
                    .isInstanceOf(ConnectException.class);
        }
    }

    private void send(byte[] bytes) {
        try {
            server.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
