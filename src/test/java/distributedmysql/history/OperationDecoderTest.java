package distributedmysql.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OperationDecoderTest {
    private static final String LINE =
            "{'op':'insert','process':1,'probe':'poll','key':2,'node':'NODE','invokeMicros':3,"
                    + "'completeMicros':4,'outcome':'OK','version':1}";
    /** As many different names are held. */
    private static final int MOST_NAMES = 10_000;

    private final OperationDecoder decoder = new OperationDecoder();

    @Test
    void anOperationIsDecodedAfterOneThatCannotBe() throws IOException {
        for (String left : new String[] {"'code':1", "'gtid':'a','note':'b'", "'intact':true"}) {
            assertThatThrownBy(() -> decode(LINE.replace("'op'", left + ",'op'")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("unknown field ");
            assertThat(decode(LINE))
                    .isEqualTo(new Write(new Invocation(1, Probe.POLL, 2, "NODE", 3, 4), Completion.OK, 1, ""));
        }
    }

    @Test
    void aNameIsHeldOnceAndNotForEver() throws IOException {
        String first = node("first");
        assertThat(node("first")).isSameAs(first);
        for (int i = 1; i < MOST_NAMES; i++) {
            node("node" + i);
        }
        assertThat(node("first")).isEqualTo(first).isNotSameAs(first);
    }

    @Test
    void theFirstVersionIsAnInsert() throws IOException {
        assertThat(((Write) decode(LINE)).isInsert()).isTrue();
        String update = LINE.replace("insert", "update");
        assertThat(((Write) decode(update.replace("'version':1", "'version':2"))).isInsert())
                .isFalse();
        assertThatThrownBy(() -> decode(update)).hasMessage("update of version 1");
    }

    private String node(String name) throws IOException {
        return decode(LINE.replace("NODE", name)).call().node();
    }

    private Operation decode(String line) throws IOException {
        byte[] bytes = line.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return decoder.decode(bytes, bytes.length);
    }
}
