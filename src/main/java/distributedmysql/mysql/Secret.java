package distributedmysql.mysql;

/** A text that nobody is shown, such as a password: it is in no text form of whatever holds it. */
public record Secret(String text) {
    private static final String HIDDEN = "…";

    /** What somebody else says, who may quote it. */
    public String hiddenIn(String said) {
        return text.isEmpty() ? said : said.replace(text, HIDDEN);
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
