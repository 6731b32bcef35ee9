package distributedmysql.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the comments say for those who use or extend a type; whether they can be read at all, the compiler looks at. */
class DocumentedTypesTest {
    @Test
    @DisplayName("Every public type says what it is, and a public interface what each method has to do")
    void documented() throws IOException {
        assertThat(undocumented(Path.of("src/main/java"))).isEmpty();
    }

    @Test
    void findsWhatHasNone(@TempDir Path sources) throws IOException {
        Files.writeString(sources.resolve("Said.java"), """
                /** Said. */
                public interface Said {
                    /** Said. */
                    void said();
                    void unsaid();
                    interface Only {
                        void alone();
                    }
                    @Override String toString();
                    default void ready() {}
                    record Inner() {}
                }
                class Hidden {
                    public record InHidden() {}
                }
                """);

        assertThat(undocumented(sources)).containsExactly("Said.java: unsaid", "Said.java: Only", "Said.java: Inner");
    }

    private static List<String> undocumented(Path sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> found = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> all = Files.walk(sources)) {
            List<Path> java = all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .sorted()
                    .toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(java));
            DocTrees comments = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Undocumented(comments, unit, found).scan(unit, null);
            }
        }
        return found;
    }

    private static final class Undocumented extends TreePathScanner<Void, Void> {
        private final DocTrees comments;
        private final String file;
        private final List<String> found;

        Undocumented(DocTrees comments, CompilationUnitTree unit, List<String> found) {
            this.comments = comments;
            this.file = Path.of(unit.getSourceFile().getName()).getFileName().toString();
            this.found = found;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (!isPublic(type)) {
                return null;
            }
            look(type.getSimpleName().toString());
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            // What the only method of a type has to do, the type says.
            if (inInterface() && isAbstract(method) && abstractMethods() > 1) {
                look(method.getName().toString());
            }
            return null;
        }

        private long abstractMethods() {
            ClassTree type = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            return type.getMembers().stream()
                    .filter(member -> member instanceof MethodTree method && isAbstract(method))
                    .count();
        }

        private static boolean isAbstract(MethodTree method) {
            return method.getBody() == null
                    && method.getModifiers().getAnnotations().stream()
                            .noneMatch(annotation -> annotation.getAnnotationType() instanceof IdentifierTree type
                                    && type.getName().contentEquals("Override"));
        }

        private boolean isPublic(ClassTree type) {
            return type.getModifiers().getFlags().contains(Modifier.PUBLIC) || inInterface();
        }

        private boolean inInterface() {
            TreePath outer = getCurrentPath().getParentPath();
            return outer.getLeaf().getKind() == Tree.Kind.INTERFACE;
        }

        private void look(String name) {
            if (comments.getDocComment(getCurrentPath()) == null) {
                found.add(file + ": " + name);
            }
        }
    }
}
