package distributedmysql.backup.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/** What an error of the file system means for a directory of backups. */
final class LocalErrors {
    private static final String SETTING = " (backup.store.directory)";

    private LocalErrors() {}

    static StoreException of(String what, Path file, IOException e) {
        return new StoreException(what + " " + file + SETTING + ": " + reason(e));
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "access denied; this user needs to read and write there";
        }
        // The file's name is in the message already.
        String said = Optional.ofNullable(e instanceof FileSystemException of ? of.getReason() : e.getMessage())
                .orElse(e.getClass().getSimpleName());
        if (e instanceof FileAlreadyExistsException || said.contains("Not a directory")) {
            return "there is a file where a directory should be";
        }
        return said.contains("No space left") || said.contains("quota")
                ? "the disk is full (" + said
                        + "); make room, let backup.retention keep less, or name another directory"
                : said;
    }
}
