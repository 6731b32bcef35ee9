package distributedmysql.history;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A column that a row of the primary and of a replica do not have alike.
 *
 * @param primary its value there, for people: {@code 5}, {@code 'a'}, {@code 0x00FF}, {@code NULL}; a long one shortened,
 *     with its true length; null where values are not shown
 * @param replica likewise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ColumnDifference(String column, String primary, String replica) {
    @Override
    public String toString() {
        return primary == null ? column : column + " = " + primary + " on the primary, " + replica + " on the replica";
    }
}
