package distributedmysql.check;

/**
 * What a check that is not VALID means, and what to do next: a sentence or two each, for people who have not read how the
 * check works.
 *
 * @param invalid what is proven if it is INVALID
 * @param unknown why it can be UNKNOWN
 * @param next what to do in either case
 */
public record Meaning(String invalid, String unknown, String next) {
    /** @return null if it is VALID: that needs no explanation */
    String of(Verdict verdict) {
        return switch (verdict) {
            case VALID -> null;
            case INVALID -> invalid;
            case UNKNOWN -> unknown;
        };
    }
}
