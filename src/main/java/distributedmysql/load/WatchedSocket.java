package distributedmysql.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/**
 * A socket that costs one system call per answer. A time-out on a Java socket makes it non-blocking for ever (OpenJDK's
 * {@code NioSocketImpl}), so that each read is a read, a poll and another read, and Connector/J's read-ahead stream
 * asks three times per query how many bytes are there. Here reads block, and take all that has come into a buffer;
 * time-outs are guaranteed by the {@link SocketWatchdog}, which closes a socket that has been silent for too long: the
 * reader gets a {@link SocketTimeoutException}, as it would without.
 */
// Socket's own methods are synchronized because they ask the operating system; these do not.
@SuppressWarnings("UnsynchronizedOverridesSynchronized")
final class WatchedSocket extends Socket {
    private final Answers answers = new Answers();
    private volatile int timeoutMillis;
    private volatile boolean expired;

    /** Of a thread that waits for the network. */
    private final BusyFlag waits = new BusyFlag();

    @Override
    public void connect(SocketAddress server) throws IOException {
        connect(server, 0);
    }

    @Override
    public void connect(SocketAddress server, int connectTimeoutMillis) throws IOException {
        timeoutMillis = connectTimeoutMillis;
        SocketWatchdog.watch(this);
        waits.flip();
        try {
            super.connect(server, 0);
        } catch (IOException e) {
            throw reason(e);
        } finally {
            waits.flip();
            timeoutMillis = 0;
        }
    }

    /** For reads, as always; without telling the operating system. */
    @Override
    public void setSoTimeout(int millis) {
        timeoutMillis = millis;
    }

    @Override
    public int getSoTimeout() {
        return timeoutMillis;
    }

    /** One and the same, because it has a buffer. */
    @Override
    public InputStream getInputStream() throws IOException {
        if (answers.network == null) {
            answers.network = super.getInputStream();
        }
        return answers;
    }

    @Override
    public void close() throws IOException {
        SocketWatchdog.forget(this);
        super.close();
    }

    /** Called by the watchdog at an interval. */
    void check(long intervalMillis) {
        long silentMillis = waits.busyMillis(intervalMillis);
        int limit = timeoutMillis;
        if (limit > 0 && silentMillis >= limit) {
            expired = true;
            closeQuietly();
        }
    }

    private void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            // It is closed for being of no use any more.
        }
    }

    private IOException reason(IOException e) {
        return expired ? new SocketTimeoutException("the server was silent for too long") : e;
    }

    private final class Answers extends InputStream {
        private final byte[] buffer = new byte[16 * 1024];
        private InputStream network;
        private int position;
        private int end;

        @Override
        public int read() throws IOException {
            return position < end || fill() ? buffer[position++] & 0xff : -1;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (position == end) {
                if (length >= buffer.length) {
                    return receive(to, offset, length);
                }
                if (!fill()) {
                    return -1;
                }
            }
            int count = Math.min(length, end - position);
            System.arraycopy(buffer, position, to, offset, count);
            position += count;
            return count;
        }

        /** Of the buffer only: the driver asks before each statement, and the answer would cost a system call. */
        @Override
        public int available() {
            return end - position;
        }

        @Override
        public void close() throws IOException {
            WatchedSocket.this.close();
        }

        private boolean fill() throws IOException {
            int count = receive(buffer, 0, buffer.length);
            position = 0;
            end = Math.max(0, count);
            return count > 0;
        }

        private int receive(byte[] to, int offset, int length) throws IOException {
            waits.flip();
            try {
                return network.read(to, offset, length);
            } catch (SocketException e) {
                throw reason(e);
            } finally {
                waits.flip();
            }
        }
    }
}
