package distributedmysql.backup.store;

/** Where the SDK looks first. */
public final class S3Credentials {
    public static final String ID = "AKIATESTTESTTESTTEST";
    public static final String SECRET = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY";

    private S3Credentials() {}

    public static void set() {
        System.setProperty("aws.accessKeyId", ID);
        System.setProperty("aws.secretAccessKey", SECRET);
    }

    public static void clear() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }
}
