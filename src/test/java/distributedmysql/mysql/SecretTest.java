package distributedmysql.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void noTextFormShowsIt() {
        Credentials credentials = new Credentials("scott", "tiger");

        assertThat(credentials).hasToString("scott");
        assertThat(credentials.password()).hasToString("…");
        assertThat(credentials.password().text()).isEqualTo("tiger");
    }

    @Test
    void itIsHiddenInWhatOthersSay() {
        assertThat(new Secret("tiger").hiddenIn("near ''tiger' AND'")).isEqualTo("near ''…' AND'");
    }

    @Test
    void anEmptyOneHidesNothing() {
        assertThat(new Secret("").hiddenIn("near ''")).isEqualTo("near ''");
    }
}
