package distributedmysql.mysql;

/** A user and its password. */
public record Credentials(String user, Secret password) {
    public Credentials(String user, String password) {
        this(user, new Secret(password));
    }

    @Override
    public String toString() {
        return user;
    }
}
