package distributedmysql.topology;

/** A user and its password; the password is in no text form of it. */
public record Credentials(String user, String password) {
    @Override
    public String toString() {
        return user;
    }
}
