package distributedmysql.topology.external;

import distributedmysql.config.ConnectionSettings.SslMode;
import distributedmysql.config.HostPort;
import distributedmysql.mysql.Tls;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;

/** Why a server cannot be connected to, and what to do about it. */
final class ConnectFailure {
    private static final int TOO_MANY_CONNECTIONS = 1040;
    private static final int ACCESS_DENIED = 1045;
    private static final int HOST_NOT_ALLOWED = 1130;
    private static final int TLS_REQUIRED = 3159;

    private ConnectFailure() {}

    /**
     * One line, without the password.
     *
     * @param keys which settings have the address
     */
    static String text(HostPort address, String keys, Login login, SQLException failure) {
        return address + " as " + login.credentials().user() + ": cannot connect: " + message(failure) + " (SQLState "
                + failure.getSQLState() + ", error " + failure.getErrorCode() + "); "
                + advice(keys, login, failure);
    }

    private static String message(SQLException failure) {
        // "Communications link failure" hides what happened.
        Throwable told = failure;
        while ("08S01".equals(failure.getSQLState()) && told.getCause() != null && told.getCause() != told) {
            told = told.getCause();
        }
        String message = told == failure ? failure.getMessage() : told.toString();
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    private static String advice(String keys, Login login, SQLException failure) {
        return switch (failure.getErrorCode()) {
            case ACCESS_DENIED ->
                "the password came from " + login.password() + ": check it, external.user, and that the user may come"
                        + " from this host" + (login.tls().mode() == SslMode.DISABLED ? " without TLS" : "");
            case HOST_NOT_ALLOWED -> "no user of that server may come from this host";
            case TOO_MANY_CONNECTIONS -> "the server has no connection left";
            case TLS_REQUIRED ->
                "it takes only encrypted connections: set connection.ssl-mode = required, or verify-identity";
            default -> adviceByCause(keys, login.tls(), failure);
        };
    }

    private static String adviceByCause(String keys, Tls tls, SQLException failure) {
        if (has(failure, UnknownHostException.class)) {
            return "there is no such host: check " + keys;
        }
        if (has(failure, ConnectException.class)) {
            return "nobody listens there: is the server running, and the port right? (docker/docker-compose.yml starts"
                    + " two; -Dtopology=embedded needs none)";
        }
        if (has(failure, SocketTimeoutException.class)) {
            return "it does not answer: is a firewall in between, or is it no MySQL server?";
        }
        boolean tlsWanted = tls.mode() != SslMode.DISABLED && tls.mode() != SslMode.PREFERRED;
        if (has(failure, CertificateException.class) || has(failure, SSLException.class)) {
            return "check connection.ca-file, and, for verify-identity, that the certificate is for this host name;"
                    + " connection.ssl-mode = " + tls.mode().label();
        }
        return tlsWanted
                ? "connection.ssl-mode = " + tls.mode().label() + ": does the server offer TLS?"
                : "check external.*";
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
