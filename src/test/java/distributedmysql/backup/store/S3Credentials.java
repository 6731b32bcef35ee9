package distributedmysql.backup.store;

/** Where the SDK looks first. */
final class S3Credentials {
    static final String ID = "AKIATESTTESTTESTTEST";
    static final String SECRET = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY";

    private S3Credentials() {}

    static void set() {
        System.setProperty("aws.accessKeyId", ID);
        System.setProperty("aws.secretAccessKey", SECRET);
    }

    static void clear() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }
}
