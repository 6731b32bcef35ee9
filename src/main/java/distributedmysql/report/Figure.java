package distributedmysql.report;

/**
 * A figure that people look for first, in words that need no other figure beside them. Its experiment shows it above its pictures; the first
 * screen of the HTML report has the first figure of each question, of at most five questions.
 *
 * @param value with its unit, as in {@code 12,345 /s}
 * @param about what was measured and how, in a few words
 */
public record Figure(Question question, String value, String about) {
    /** What people ask about their servers, the most urgent first. */
    public enum Question {
        RATE("How much do they carry?"),
        LATENCY("How fast do they answer?"),
        FRESHNESS("When does a read show a write?"),
        DOWNTIME("How long are writes down?"),
        LOSS("Are writes lost?"),
        RESTORE("Can a backup be restored?"),
        COST("What do users notice of it?"),
        STABILITY("Do they stay healthy?"),
        CONNECTIONS("How many connections?");

        private final String words;

        Question(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
