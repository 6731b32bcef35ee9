package distributedmysql.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What each error means, and which setting to look at; errors that a store for tests does not have. */
class S3ErrorsTest {
    private static final S3Errors ERRORS = new S3Errors(
            new S3Settings(Optional.of(URI.create("http://store:9000")), "us-east-1", "backups", "", true, 16 << 20));

    private static String said(int status, String code, String message) {
        return ERRORS.of(
                        "cannot write s3://backups/a",
                        S3Exception.builder()
                                .statusCode(status)
                                .awsErrorDetails(AwsErrorDetails.builder()
                                        .errorCode(code)
                                        .errorMessage(message)
                                        .build())
                                .build())
                .getMessage();
    }

    @Test
    void noSuchBucket() {
        assertThat(said(404, "NoSuchBucket", "The specified bucket does not exist"))
                .isEqualTo("cannot write s3://backups/a: backup.store.s3.bucket = backups: there is no such bucket at"
                        + " http://store:9000 (backup.store.s3.endpoint, region)");
    }

    @Test
    void full() {
        assertThat(said(
                        507,
                        "XMinioStorageFull",
                        "Storage backend has reached its minimum free drive threshold.\nMore."))
                .isEqualTo(
                        "cannot write s3://backups/a: the store is full (507 XMinioStorageFull Storage backend has reached"
                                + " its minimum free drive threshold.); make room, let backup.retention keep less, or name another"
                                + " backup.store.s3.bucket = backups");
        assertThat(said(403, "QuotaExceeded", "")).contains("the store is full (403 QuotaExceeded)");
    }

    @Test
    void accessDenied() {
        assertThat(said(403, "AccessDenied", "Access Denied"))
                .contains(
                        "access denied (403 AccessDenied Access Denied)",
                        "backup.store.s3.bucket = backups must let its user list, read, write and delete",
                        "AWS_ACCESS_KEY_ID");
    }

    @Test
    void credentials() {
        assertThat(said(403, "SignatureDoesNotMatch", "The signature does not match"))
                .contains("the credentials are refused", "~/.aws");
        assertThat(ERRORS.of("x", SdkClientException.create("Unable to load credentials from any of the providers"))
                        .getMessage())
                .contains("there are no credentials", "AWS_ACCESS_KEY_ID");
    }

    @Test
    void anotherRegion() {
        assertThat(said(301, "PermanentRedirect", "use another"))
                .contains("backup.store.s3.region = us-east-1 is not the bucket's");
    }

    @Test
    void unreachable() {
        assertThat(ERRORS.of("x", SdkClientException.create("no", new ConnectException("Connection refused")))
                        .getMessage())
                .isEqualTo(
                        "x: http://store:9000 cannot be reached (ConnectException: Connection refused); look at"
                                + " backup.store.s3.endpoint, and at backup.store.s3.path-style where the bucket's name is no host");
        assertThat(ERRORS.of("x", SdkClientException.create("no", new UnknownHostException("store"))))
                .hasMessageContaining("UnknownHostException: store");
    }

    @Test
    void whateverElse() {
        assertThat(said(500, "InternalError", "We encountered an internal error"))
                .isEqualTo("cannot write s3://backups/a: 500 InternalError We encountered an internal error from"
                        + " http://store:9000");
    }
}
