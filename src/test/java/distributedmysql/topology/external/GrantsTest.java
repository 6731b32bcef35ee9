package distributedmysql.topology.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrantsTest {
    @Test
    void allPrivilegesEverywhereCoverEverything() {
        Grants grants = Grants.of(List.of("GRANT ALL PRIVILEGES ON *.* TO `root`@`%` WITH GRANT OPTION"));
        assertThat(grants.missing("*", "REPLICATION CLIENT")).isEmpty();
        assertThat(grants.missing("test", "SELECT", "DROP")).isEmpty();
    }

    @Test
    void whatIsNotGrantedIsNamed() {
        Grants grants = Grants.of(List.of(
                "GRANT USAGE ON *.* TO `u`@`%`",
                "GRANT SELECT, INSERT ON `my\\_test`.* TO `u`@`%`", "GRANT `role`@`%` TO `u`@`%`"));
        assertThat(grants.missing("my_test", "SELECT", "INSERT", "UPDATE", "DROP"))
                .containsExactly("DROP", "UPDATE");
        assertThat(grants.missing("*", "REPLICATION CLIENT")).containsExactly("REPLICATION CLIENT");
    }

    @Test
    void wildcardsInADatabasesNameMatchUnlessEscaped() {
        String select = "GRANT SELECT ON `%s`.* TO `u`@`%%`";
        assertThat(Grants.of(List.of(select.formatted("my_test"))).missing("myXtest", "SELECT"))
                .isEmpty();
        assertThat(Grants.of(List.of(select.formatted("my\\_test"))).missing("myXtest", "SELECT"))
                .isNotEmpty();
        assertThat(Grants.of(List.of(select.formatted("my%"))).missing("my_test", "SELECT"))
                .isEmpty();
        assertThat(Grants.of(List.of(select.formatted("my"))).missing("my_test", "SELECT"))
                .isNotEmpty();
    }

    @Test
    void aPrivilegeOnOneDatabaseOrOneTableIsNoneOnAll() {
        assertThat(Grants.of(List.of("GRANT SELECT ON `a`.* TO `u`@`%`")).missing("*", "SELECT"))
                .isNotEmpty();
        assertThat(Grants.of(List.of("GRANT SELECT ON `a`.`t` TO `u`@`%`")).missing("a", "SELECT"))
                .isNotEmpty();
    }
}
