package distributedmysql.backup.store;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What an error of the SDK means, and which setting to look at. Nothing of a credential is in it. */
final class S3Errors {
    private static final Set<String> FULL = Set.of(
            "InsufficientStorage",
            "QuotaExceeded",
            "XMinioStorageFull",
            "XMinioAdminBucketQuotaExceeded",
            "EntityTooLarge");
    private static final Set<String> CREDENTIALS = Set.of(
            "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken", "TokenRefreshRequired");
    private static final Set<String> REGION =
            Set.of("AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException");
    private static final String CHAIN =
            "; credentials come from where the AWS SDK looks for them (AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY, a profile in ~/.aws, the role of the machine)";

    private final S3Settings settings;

    S3Errors(S3Settings settings) {
        this.settings = settings;
    }

    /** @param what was tried, and with what, such as {@code cannot write s3://backups/a} */
    StoreException of(String what, Exception e) {
        return new StoreException(what + ": " + (e instanceof S3Exception said ? answered(said) : notAnswered(e)));
    }

    private String answered(S3Exception e) {
        String code = Optional.ofNullable(e.awsErrorDetails())
                .map(details -> details.errorCode())
                .orElse("");
        String bucket = "backup.store.s3.bucket = " + settings.bucket();
        if (code.equals("NoSuchBucket")) {
            return bucket + ": there is no such bucket at " + settings.place() + " (backup.store.s3.endpoint, region)";
        }
        if (FULL.contains(code) || e.statusCode() == 507) {
            return "the store is full (" + said(e, code)
                    + "); make room, let backup.retention keep less, or name another " + bucket;
        }
        if (REGION.contains(code) || e.statusCode() == 301) {
            return "backup.store.s3.region = " + settings.region() + " is not the bucket's (" + said(e, code) + ")";
        }
        if (CREDENTIALS.contains(code) || e.statusCode() == 401) {
            return "the credentials are refused (" + said(e, code) + ")" + CHAIN;
        }
        if (e.statusCode() == 403) {
            return "access denied (" + said(e, code) + "); " + bucket
                    + " must let its user list, read, write and delete"
                    + " objects, and list and abort uploads in parts" + CHAIN;
        }
        return said(e, code) + " from " + settings.place();
    }

    private String notAnswered(Exception e) {
        String said = line(e.getMessage());
        if (said.contains("Unable to load credentials")) {
            return "there are no credentials" + CHAIN;
        }
        if (causes(e).anyMatch(ApiCallTimeoutException.class::isInstance)) {
            return settings.place() + " does not answer in time; look at backup.store.s3.endpoint";
        }
        Optional<Throwable> network = causes(e)
                .filter(cause -> cause instanceof ConnectException
                        || cause instanceof NoRouteToHostException
                        || cause instanceof SocketTimeoutException
                        || cause instanceof UnknownHostException
                        || cause instanceof SSLException)
                .findFirst();
        if (network.isPresent() || causes(e).anyMatch(IOException.class::isInstance)) {
            Throwable cause = network.orElse(e);
            return settings.place() + " cannot be reached (" + cause.getClass().getSimpleName() + ": "
                    + line(cause.getMessage())
                    + "); look at backup.store.s3.endpoint, and at backup.store.s3.path-style"
                    + " where the bucket's name is no host";
        }
        return said;
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause).limit(20);
    }

    private static String said(S3Exception e, String code) {
        String message = Optional.ofNullable(e.awsErrorDetails())
                .map(details -> details.errorMessage())
                .orElse("");
        return Stream.of(String.valueOf(e.statusCode()), code, line(message))
                .filter(part -> !part.isEmpty())
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }

    /** The first one. */
    private static String line(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
