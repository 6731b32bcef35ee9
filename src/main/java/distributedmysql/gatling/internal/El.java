package distributedmysql.gatling.internal;

import distributedmysql.load.SqlCheckException;
import io.gatling.commons.validation.Failure;
import io.gatling.commons.validation.Success;
import io.gatling.commons.validation.Validation;
import io.gatling.core.session.Session;
import io.gatling.javaapi.core.internal.Expressions;
import scala.Function1;

/** A value of a scenario: a string is Gatling EL, compiled once; anything else stands for itself. Thread-safe. */
public final class El {
    private final Object constant;
    private final Function1<Session, Validation<Object>> expression;

    private El(Object constant, Function1<Session, Validation<Object>> expression) {
        this.constant = constant;
        this.expression = expression;
    }

    public static El of(Object value) {
        return value instanceof String text && text.contains("#{")
                ? new El(null, Expressions.toAnyExpression(text))
                : new El(value, null);
    }

    /**
     * @throws SqlCheckException with Gatling's message if the session does not have what the expression needs
     */
    public Object resolve(Session session) {
        if (expression == null) {
            return constant;
        }
        Validation<Object> value = expression.apply(session);
        if (value instanceof Success<Object> success) {
            return success.value();
        }
        // Failure is a Validation<Nothing>, which Java cannot express.
        throw new SqlCheckException(((Failure) (Validation<?>) value).message());
    }
}
