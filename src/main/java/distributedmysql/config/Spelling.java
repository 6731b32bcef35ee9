package distributedmysql.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Typing errors. */
public final class Spelling {
    private static final LevenshteinDistance TYPING_ERROR = new LevenshteinDistance(2);

    /** The beginning of a word. */
    private static final int LEAST_LETTERS = 3;

    /** Otherwise every short word is near every other one. */
    private static final int LETTERS_PER_ERROR = 4;

    private Spelling() {}

    /**
     * The same for a key of several words with dots between, of which each may have a typing error or lack its end; where only the
     * section is known, that, with an ellipsis.
     */
    static Optional<String> nearPath(String path, Collection<String> known) {
        return near(path, known)
                .or(() -> wordByWord(path, known))
                .or(() -> section(path, known).map(section -> section + ".…"));
    }

    private static Optional<String> wordByWord(String path, Collection<String> known) {
        return known.stream()
                .filter(candidate -> isNear(words(path), words(candidate)))
                .min(Comparator.comparing(candidate -> distance(path, candidate)));
    }

    /** Of all the path's words that lead to no known key, the first one is the error. */
    private static Optional<String> section(String path, Collection<String> known) {
        List<String> typed = words(path);
        for (int length = 1; length <= typed.size(); length++) {
            List<String> first = typed.subList(0, length);
            Set<String> sections = sections(known, length);
            if (!sections.contains(String.join(".", first))) {
                return wordByWord(String.join(".", first), sections);
            }
        }
        return Optional.empty();
    }

    private static Set<String> sections(Collection<String> known, int length) {
        return known.stream()
                .map(Spelling::words)
                .filter(words -> words.size() > length)
                .map(words -> String.join(".", words.subList(0, length)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> words(String path) {
        return List.of(path.split("\\.", -1));
    }

    private static boolean isNear(List<String> typed, List<String> candidate) {
        return typed.size() == candidate.size()
                && IntStream.range(0, typed.size()).allMatch(word -> isNear(typed.get(word), candidate.get(word)));
    }

    private static boolean isNear(String typed, String candidate) {
        int shorter = Math.min(typed.length(), candidate.length());
        return typed.equals(candidate)
                || shorter >= LEAST_LETTERS && (candidate.startsWith(typed) || typed.startsWith(candidate))
                || distance(typed, candidate) <= shorter / LETTERS_PER_ERROR;
    }

    /** The known key that was probably meant, if there is one. */
    public static Optional<String> near(String key, Collection<String> known) {
        String typed = key.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(candidate -> TYPING_ERROR.apply(typed, candidate) >= 0)
                .min(Comparator.comparing(candidate -> TYPING_ERROR.apply(typed, candidate)));
    }

    private static int distance(String one, String other) {
        return LevenshteinDistance.getDefaultInstance().apply(one, other);
    }
}
