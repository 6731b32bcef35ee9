package distributedmysql.monitor.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static final Listing PRIMARY = new Listing(null, List.of("Orders", "users"), false, true, Optional.empty());

    /** lower_case_table_names = 1 on a replica alone: it holds Orders as orders, and finds it under either name. */
    @Test
    void theTableOfAReplicaThatFoldsCaseIsThePrimarysOfThatNameInAnyCase() {
        assertThat(PRIMARY.shows("orders", true)).isTrue();
        assertThat(PRIMARY.shows("others", true)).isFalse();
        assertThat(PRIMARY.shows("orders", false)).isFalse();
        assertThat(PRIMARY.shows("users", false)).isTrue();
    }
}
