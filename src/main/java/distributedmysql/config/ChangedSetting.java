package distributedmysql.config;

/**
 * A setting that is not as in {@code default.conf}.
 *
 * @param value as written; no setting is a secret
 * @param origin the file and line that set it, for instance {@code simulations-config/quick.conf: 7}, or
 *     {@code command line}
 */
public record ChangedSetting(String key, Object value, String origin) {
    /** The origin without the line. */
    public String source() {
        return origin.replaceFirst(": \\d+$", "");
    }
}
