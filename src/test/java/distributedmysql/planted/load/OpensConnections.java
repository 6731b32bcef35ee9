package distributedmysql.planted.load;

import com.mysql.cj.jdbc.MysqlDataSource;
import com.mysql.cj.jdbc.NonRegisteringDriver;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;

final class OpensConnections {
    private OpensConnections() {}

    static Connection byDriverManager(String url) throws SQLException {
        return DriverManager.getConnection(url);
    }

    static HikariConfig poolSettings() {
        return new HikariConfig();
    }

    static DataSource pool(HikariConfig settings) {
        return new HikariDataSource(settings);
    }

    static Driver driver() throws SQLException {
        return new NonRegisteringDriver();
    }

    static Supplier<DataSource> source() {
        return MysqlDataSource::new;
    }
}
