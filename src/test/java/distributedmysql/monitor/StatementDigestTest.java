package distributedmysql.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementDigestTest {
    @Test
    void parametersBecomeLiteralsAndNothingElseDoes() {
        assertThat(StatementDigest.withLiterals(
                        "SELECT '?', 'it''s ?', '\\'?', \"?\", `a?` /* ? */ FROM t WHERE a = ? AND b IN (?,?) -- ?"))
                .isEqualTo("SELECT '?', 'it''s ?', '\\'?', \"?\", `a?` /* ? */ FROM t WHERE a = 0 AND b IN (0,0) -- ?");
    }

    @Test
    void signsOfLiteralsAreDroppedButNotSubtractions() {
        assertThat(StatementDigest.normalised("UPDATE `t` SET `n` = `n` - ? , `m` = (?) - ? WHERE `id` = - ?"))
                .isEqualTo("UPDATE `t` SET `n` = `n` - ? , `m` = (?) - ? WHERE `id` = ?");
        assertThat(StatementDigest.normalised("SELECT IF ( `id` > - ?, ... )"))
                .isEqualTo("SELECT IF ( `id` > ?, ... )");
    }

    @Test
    void booleansAndBinaryTextsAreLiterals() {
        assertThat(StatementDigest.normalised("SELECT `TRUE` FROM `t` WHERE `a` = TRUE AND `b` = (_charset) ?"))
                .isEqualTo("SELECT `TRUE` FROM `t` WHERE `a` = ? AND `b` = ?");
    }

    @Test
    void namesTheCommand() {
        assertThat(StatementDigest.command("( SELECT ? ) UNION ( SELECT ? )")).isEqualTo("SELECT");
        assertThat(StatementDigest.command("START TRANSACTION")).isEqualTo("BEGIN");
        assertThat(StatementDigest.command("COMMIT")).isEqualTo("COMMIT");
    }
}
