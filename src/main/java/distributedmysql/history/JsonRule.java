package distributedmysql.history;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the schema of the JSON summary says of a key, or of an object, that its type does not. Without it a number is not
 * negative and a text is not empty.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.METHOD})
public @interface JsonRule {
    /** Keywords of JSON Schema, such as {@code minimum: 1, maximum: 65535}; null takes one away. */
    String value();
}
