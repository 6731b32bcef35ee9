package distributedmysql.topology.router;

import distributedmysql.config.HostPort;
import distributedmysql.mysql.Node;
import distributedmysql.topology.Endpoint;
import java.util.List;
import java.util.Locale;

/** The file that says to an HAProxy 2.2 or later what is in front of which servers. */
final class HaProxyConfiguration {
    /** How many failed checks make a server wrong: on a busy machine, a single one must not cost it all its sessions. */
    static final int FALL = 3;

    private static final String COMMON = """
            global
                log stdout format rfc5424 local0 notice

            defaults
                log global
                option tcplog
                option dontlog-normal
                option log-separate-errors
                option log-health-checks
                mode tcp
                balance roundrobin
                timeout connect 5s
                timeout client 1d
                timeout server 1d
                timeout check 5s
            """;

    private HaProxyConfiguration() {}

    /** @param checks answers whether an endpoint may lead to a server */
    static String text(List<Endpoint> endpoints, List<Node> nodes, HostPort checks) {
        StringBuilder text = new StringBuilder(COMMON);
        for (Endpoint endpoint : endpoints) {
            text.append(String.format(
                    Locale.ROOT, """

                    listen %1$s
                        bind %2$s
                        option httpchk
                        http-check send meth GET uri-lf /%1$s/%%[srv_name]
                        http-check expect status 200
                        default-server check addr %3$s port %4$d inter 200ms fastinter 100ms fall %5$d rise 1 on-marked-down shutdown-sessions
                    """, endpoint.name(), endpoint.address(), checks.host(), checks.port(), FALL));
            nodes.forEach(node -> text.append("    server " + node.name() + " " + node.address() + "\n"));
        }
        return text.toString();
    }
}
