package distributedmysql.ledger;

import distributedmysql.history.Ledger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * By which node's rows a ledger is judged: by the primary's, or, if that was not read in the end, by those of the node that has most. Then it is not
 * proven that what is not there is lost, because the primary may have it still; what is there and must not be is wrong all the same. Pure.
 *
 * @param node whose rows count
 * @param doubt why not all was recorded; empty if all was
 */
record JudgedBy(String node, LedgerPromise promise, String doubt) {
    /** @param nodes the names of those that had to be read in the end */
    static JudgedBy of(Ledger ledger, String primary, List<String> nodes, LedgerPromise promise, String doubt) {
        Optional<String> other = ledger.presentOn(primary).isPresent()
                ? Optional.empty()
                : nodes.stream()
                        .filter(node -> ledger.presentOn(node).isPresent())
                        .max(Comparator.comparingInt(
                                node -> ledger.presentOn(node).orElseThrow().cardinality()));
        return other.map(node -> new JudgedBy(
                        node,
                        new LedgerPromise(Long.MAX_VALUE, false, "which " + primary + " may still have"),
                        (doubt.isEmpty() ? "" : doubt + "; ") + primary
                                + " was not read in the end, so this is by what " + node + " has"))
                .orElse(new JudgedBy(primary, promise, doubt));
    }
}
