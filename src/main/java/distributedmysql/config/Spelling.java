package distributedmysql.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Typing errors. */
final class Spelling {
    private static final LevenshteinDistance TYPING_ERROR = new LevenshteinDistance(2);

    private Spelling() {}

    /** The known key that was probably meant, if there is one. */
    static Optional<String> near(String key, Collection<String> known) {
        String typed = key.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> TYPING_ERROR.apply(typed, candidate) >= 0)
                .min(Comparator.comparing(candidate -> TYPING_ERROR.apply(typed, candidate)));
    }
}
