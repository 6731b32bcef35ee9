package distributedmysql.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
    private final Accounts accounts = Accounts.generate("127.%");

    @Test
    void passwordsAreDifferentLongAndInNoText() {
        Accounts others = Accounts.generate("127.%");
        List<String> passwords = List.of(
                accounts.admin().password().text(),
                accounts.load().password().text(),
                accounts.replication().password().text(),
                others.admin().password().text());
        assertThat(passwords).doesNotHaveDuplicates().allMatch(password -> password.matches("[0-9a-f]{32}"));
        assertThat(accounts.toString()).doesNotContain(passwords);
    }

    @Test
    void theTestDatabasesNameIsNoPattern() {
        assertThat(accounts.statements("my_test")).contains("GRANT ALL ON `my\\_test`.* TO 'load'@'127.%';");
    }

    @Test
    void theStatementsAreForThisUsersEyesOnly(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("init.sql");
        Accounts.write(file, List.of("SELECT 1;"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }
}
