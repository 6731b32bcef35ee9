package distributedmysql.topology;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Servers that a test may stop, damage and configure, embedded ones always: those of a class are started before its
 * first test, those of a method, which take precedence, before that method. A parameter of type {@link Deployment} or
 * {@link ReplicaSet} has them. They are ended afterwards; where a test fails, what they did then is with its failure.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OwnServersExtension.class)
public @interface OwnServers {
    int replicas() default 1;

    /** How many replica sets share the keys, on a ring. */
    int shards() default 1;

    /** More options for every server. */
    String[] options() default {};

    /** Whether they are three members of a group instead, in each shard. */
    boolean group() default false;

    /** Whether each of the three takes writes. */
    boolean multiPrimary() default false;
}
