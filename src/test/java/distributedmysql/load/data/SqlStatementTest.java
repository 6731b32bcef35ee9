package distributedmysql.load.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlStatementTest {
    private final SqlStatement statement =
            new SqlStatement("update", "UPDATE t SET a = a + ? WHERE id = ?", List.of("amount", "id"));

    @Test
    void namesTakeThePlacesOfTheParameters() {
        assertThat(statement.withNames()).isEqualTo("UPDATE t SET a = a + {amount} WHERE id = {id}");
        assertThat(statement.withExpressions()).isEqualTo("UPDATE t SET a = a + '#{amount}' WHERE id = '#{id}'");
    }

    @Test
    void aParameterWithoutNameIsRefused() {
        assertThatThrownBy(() -> new SqlStatement("update", "SET a = ? WHERE id = ?", List.of("id")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("update: 2 parameters in the text, 1 name: [id]");
    }
}
