package distributedmysql.fault;

/**
 * What became of one fault of a schedule, for {@code faults[]} of the JSON summary. Times are microseconds on the run's
 * clock.
 *
 * @param node the name of the node
 * @param injectedMicros when the fault was there; null if it never was
 * @param healedMicros when it was undone; null if it is not, or not yet
 * @param description what exactly was done; empty if nothing was
 * @param error why it was not injected, or not healed; null if all went well
 */
public record FaultRecord(
        String name, String node, Long injectedMicros, Long healedMicros, String description, String error) {
    FaultRecord injected(long micros, String what) {
        return new FaultRecord(name, node, micros, healedMicros, what, error);
    }

    FaultRecord healed(long micros) {
        return new FaultRecord(name, node, injectedMicros, micros, description, error);
    }

    FaultRecord failed(String more) {
        String all = error == null ? more : error + "; " + more;
        return new FaultRecord(name, node, injectedMicros, healedMicros, description, all);
    }
}
