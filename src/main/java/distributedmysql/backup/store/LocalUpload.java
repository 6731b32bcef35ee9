package distributedmysql.backup.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that gets its name when it is complete. */
final class LocalUpload extends Upload {
    private final LocalStore store;
    private final Path unfinished;
    private final Path file;
    private final FileChannel channel;
    private boolean complete;

    LocalUpload(LocalStore store, Path unfinished, Path file) throws IOException {
        this.store = store;
        this.unfinished = unfinished;
        this.file = file;
        this.channel = FileChannel.open(
                unfinished, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
        try {
            while (left.hasRemaining()) {
                channel.write(left);
            }
        } catch (IOException e) {
            throw store.failed("cannot write", file, e);
        }
    }

    @Override
    public void complete() throws IOException {
        try {
            channel.force(true);
            channel.close();
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            LocalStore.force(file.getParent());
            complete = true;
        } catch (IOException e) {
            throw store.failed("cannot write", file, e);
        }
    }

    @Override
    public void close() throws IOException {
        if (complete) {
            return;
        }
        try {
            channel.close();
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            throw store.failed("cannot remove", unfinished, e);
        }
    }
}
