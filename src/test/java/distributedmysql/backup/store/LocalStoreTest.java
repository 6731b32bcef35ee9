package distributedmysql.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest {
    @TempDir
    private Path temporary;

    private Path directory;
    private LocalStore store;

    @BeforeEach
    void open() {
        directory = temporary.resolve("backups");
        store = new LocalStore(directory);
    }

    private void assertFiles(String... names) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> directory.relativize(file).toString()))
                    .containsExactlyInAnyOrder(names);
        }
    }

    @Test
    void whatIsNotCompleteHasNotItsName() throws IOException {
        try (Upload upload = store.create("b/a")) {
            upload.write(new byte[100]);
            assertThat(store.list("")).isEmpty();
            assertFiles("b/.a");
            upload.complete();
        }
        assertThat(store.list("")).containsExactly(new StoredObject("b/a", 100));
        assertFiles("b/a");
    }

    @Test
    void whatIsGivenUpIsRemoved() throws IOException {
        try (Upload upload = store.create("b/a")) {
            upload.write(new byte[100]);
        }
        assertFiles();
    }

    @Test
    void onlyItsOwnerReadsIt() throws IOException {
        Samples.putRaw(store, "b/a", new byte[1]);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("b"))))
                .isEqualTo("rwx------");
    }

    @Test
    void listsByPrefix() throws IOException {
        Samples.putRaw(store, "b/2", new byte[2]);
        Samples.putRaw(store, "b/1", new byte[1]);
        Samples.putRaw(store, "bb/1", new byte[3]);

        assertThat(store.list("b/")).containsExactly(new StoredObject("b/1", 1), new StoredObject("b/2", 2));
        assertThat(store.list("")).hasSize(3);
        assertThat(store.list("none/")).isEmpty();
    }

    @Test
    void allOfAPrefixIsRemovedWithWhatIsUnfinished() throws IOException {
        Samples.putRaw(store, "b/1", new byte[1]);
        Samples.putRaw(store, "c/1", new byte[1]);
        store.create("b/2").write(new byte[10]);

        store.deleteAll("b/");

        assertFiles("c/1");
        assertThat(directory.resolve("b")).doesNotExist();
        store.deleteAll("b/");
        store.delete("b/1");
    }

    @Test
    void whatIsNotThereIsMissing() {
        assertThatThrownBy(() -> store.open("b/a"))
                .isInstanceOf(MissingObjectException.class)
                .hasMessage(directory + "/b/a: is missing");
    }

    @Test
    void aFileInItsPlace() throws IOException {
        Files.writeString(directory, "");

        assertThatThrownBy(() -> store.create("b/a"))
                .isInstanceOf(StoreException.class)
                .hasMessage("cannot write " + directory
                        + "/b/a (backup.store.directory): there is a file where a directory should be");
    }

    @Test
    void aFullDiskAndAForbiddenDirectoryAreNamed() {
        Path file = Path.of("/backups/b/a");
        String start = "cannot write /backups/b/a (backup.store.directory): ";

        assertThat(LocalErrors.of("cannot write", file, new FileSystemException("x", null, "No space left on device")))
                .hasMessage(
                        start + "the disk is full (No space left on device); make room, let backup.retention keep less,"
                                + " or name another directory");
        assertThat(LocalErrors.of("cannot write", file, new IOException("No space left on device")))
                .hasMessageContaining("the disk is full");
        assertThat(LocalErrors.of("cannot write", file, new AccessDeniedException("x")))
                .hasMessage(start + "access denied; this user needs to read and write there");
        assertThat(LocalErrors.of("cannot write", file, new FileSystemException("x")))
                .hasMessage(start + "FileSystemException");
    }
}
