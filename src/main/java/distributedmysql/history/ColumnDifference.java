package distributedmysql.history;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A column that a row of the primary and of a replica do not have alike. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("A column that a row of the primary and of the replica do not have alike.")
@JsonRule("dependentRequired: {primary: ['replica'], replica: ['primary']}")
public record ColumnDifference(
        @JsonPropertyDescription("Name of the column.") String column,

        @JsonPropertyDescription("Its value on the primary, of more than 100 characters or bytes a part and the whole "
                + "length; absent where the settings (tables.show) do not let values be shown.")
        @Nullable
        String primary,

        @JsonPropertyDescription("Its value on the replica, likewise.") @Nullable
        String replica) {
    @Override
    public String toString() {
        return primary == null ? column : column + " = " + primary + " on the primary, " + replica + " on the replica";
    }
}
