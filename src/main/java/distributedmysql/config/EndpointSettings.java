package distributedmysql.config;

import java.util.Optional;

/**
 * What the user has in front of servers that are already there, which the load is to go through.
 *
 * @param writer leads to the primary; empty: writes go to the primary directly
 * @param reader leads to one replica or to several; empty: reads go to the replicas directly
 */
public record EndpointSettings(Optional<HostPort> writer, Optional<HostPort> reader) {
    static final String WRITER = "external.endpoints.writer";
    static final String READER = "external.endpoints.reader";

    static EndpointSettings read(SettingsReader reader) {
        EndpointSettings settings = new EndpointSettings(address(reader, WRITER), address(reader, READER));
        if (settings.areUsed() && settings.writer.equals(settings.reader)) {
            throw reader.refusedTogether(
                    "writer and reader are one endpoint, so it cannot be told which servers it should lead to; leave one of"
                            + " them empty",
                    READER,
                    WRITER);
        }
        return settings;
    }

    private static Optional<HostPort> address(SettingsReader reader, String key) {
        String text = reader.text(
                key,
                "empty, or host:port, with a port from 1 to 65535",
                value -> value.isEmpty() || HostPort.isValid(value));
        return text.isEmpty() ? Optional.empty() : Optional.of(HostPort.parse(text));
    }

    public boolean areUsed() {
        return key().isPresent();
    }

    /** The one that was given, for messages. */
    Optional<String> key() {
        return writer.map(address -> WRITER).or(() -> reader.map(address -> READER));
    }
}
