package distributedmysql.load;

import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.protocol.StandardSocketFactory;
import java.net.Socket;

/** Gives Connector/J (property {@code socketFactory}) a {@link WatchedSocket} for each connection. */
public final class WatchedSocketFactory extends StandardSocketFactory {
    @Override
    protected Socket createSocket(PropertySet properties) {
        return new WatchedSocket();
    }
}
