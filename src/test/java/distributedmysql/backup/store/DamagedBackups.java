package distributedmysql.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of damage is found before a chain is called good, and the message names it; for one kind of store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DamagedBackups {
    static final int SMALL = 3_000;
    /** Several segments of encryption. */
    private static final int LARGE = 17 << 17;

    private static final int PLACES = 40;

    /** Made and found whole once, because that takes long. */
    private final Map<List<Object>, Scene> scenes = new HashMap<>();

    /** Without objects. */
    abstract ObjectStore empty() throws IOException;

    /** With the same objects. */
    abstract ObjectStore copy(ObjectStore made) throws IOException;

    Stream<Arguments> damages() {
        return Stream.of(Damage.values())
                .flatMap(damage -> Stream.of(true, false)
                        .flatMap(encrypted ->
                                Stream.of(SMALL, LARGE).map(bytes -> Arguments.of(damage, encrypted, bytes))));
    }

    private Scene scene(boolean encrypted, int bytes) throws IOException {
        List<Object> kind = List.of(encrypted, bytes);
        if (!scenes.containsKey(kind)) {
            Scene made = new Scene(empty(), encrypted ? Optional.of(Samples.key(7)) : Optional.empty(), bytes);
            made.verifyChain(made.key);
            scenes.put(kind, made);
        }
        Scene made = scenes.get(kind);
        return made.in(copy(made.objects));
    }

    @ParameterizedTest(name = "{0}, encrypted: {1}, {2} bytes")
    @MethodSource("damages")
    void found(Damage damage, boolean encrypted, int bytes) throws IOException {
        Scene scene = scene(encrypted, bytes);
        Damage.Expected expected = damage.in(scene);

        assertFound(scene, expected);
    }

    static void assertFound(Scene scene, Damage.Expected expected) {
        assertThatThrownBy(() -> scene.verifyChain(expected.key().apply(scene)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(expected.names())
                .hasMessageContaining(expected.says())
                .hasMessageNotContaining("null");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBitFlippedAnywhereInAnObject(boolean encrypted) throws IOException {
        Scene scene = scene(encrypted, SMALL);
        String name = Scene.path(scene.first, 0);
        byte[] whole = scene.raw(name);
        for (int i = 0; i < PLACES; i++) {
            scene.flip(name, scene.random.nextInt(whole.length));
            assertFound(scene, new Damage.Expected(scene.objects.where(name), "SHA-256"));
            scene.put(name, whole);
        }
        scene.verifyChain(scene.key);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBitFlippedAnywhereInAManifest(boolean encrypted) throws IOException {
        Scene scene = scene(encrypted, SMALL);
        String name = Scene.manifestOf(scene.first);
        byte[] whole = scene.raw(name);
        for (int i = 0; i < PLACES; i++) {
            // All over it, its last line and last byte included.
            scene.flip(name, i == 0 ? whole.length - 1 : whole.length * i / PLACES);
            assertFound(scene, new Damage.Expected(scene.objects.where(name), ""));
            scene.put(name, whole);
        }
        scene.verifyChain(scene.key);
    }

    @Test
    void contentsEndWithAnErrorWhereTheyAreDamaged() throws IOException {
        Scene scene = scene(true, LARGE);
        scene.flip(Scene.path(scene.full, 0), LARGE - 10);

        assertThatThrownBy(() -> scene.store().open(scene.full, "a.tar").readAllBytes())
                .isInstanceOf(DamagedBackupException.class)
                .hasMessageContaining(scene.objects.where(Scene.path(scene.full, 0)));
    }

    @Test
    void aManifestThatSomebodyWithoutTheKeyHasEdited() throws IOException {
        Scene scene = scene(true, SMALL);
        String name = Scene.manifestOf(scene.full);
        String text = new String(scene.raw(name), StandardCharsets.UTF_8);
        String body = text.substring(0, text.indexOf('\n')).replace(":1-100", ":1-200");
        String seal = text.substring(text.indexOf('\n'))
                .replaceFirst("[0-9a-f]{64}", Measured.sha256(body.getBytes(StandardCharsets.UTF_8)));
        scene.put(name, (body + seal).getBytes(StandardCharsets.UTF_8));

        assertFound(scene, new Damage.Expected(scene.objects.where(name), "was edited"));
    }

    @Test
    void aManifestThatSaysItNeedsNoKey() throws IOException {
        Scene scene = scene(true, SMALL);
        String name = Scene.manifestOf(scene.full);
        String text = new String(scene.raw(name), StandardCharsets.UTF_8);
        String body = text.substring(0, text.indexOf('\n'));
        scene.put(name, ManifestFile.sealed(body.getBytes(StandardCharsets.UTF_8), Optional.empty()));

        assertFound(scene, new Damage.Expected(scene.objects.where(name), "made without a key"));
    }

    /** Whoever has the key could write such a manifest by mistake. */
    @Test
    void anObjectOfAnotherBackupWithItsChecksumDoesNotDecrypt() throws IOException {
        Scene scene = scene(true, SMALL);
        ManifestObject moved = scene.other.objects().get(0);
        Manifest full = scene.full;
        Manifest edited = new Manifest(
                Manifest.FORMAT,
                full.id(),
                full.origin(),
                full.at(),
                full.seconds(),
                full.gtids(),
                full.key(),
                List.of(moved, full.objects().get(1)));
        scene.put(Scene.manifestOf(full), ManifestFile.bytes(edited, scene.key));
        scene.put(Scene.path(full, 0), scene.raw(Scene.path(scene.other, 0)));

        assertFound(scene, new Damage.Expected(scene.objects.where(Scene.path(full, 0)), "do not decrypt"));
    }

    @Test
    void twoBackupsOfOneContentHaveNoBytesInCommon() throws IOException {
        Scene scene = scene(true, SMALL);
        BackupStore store = scene.store();
        byte[] content = Samples.noise(SMALL, 1);
        for (String name : List.of("x", "y")) {
            try (BackupWriter writer = store.begin(Samples.full())) {
                writer.object(name, out -> out.write(content));
                writer.finish(Samples.NOW, "");
            }
        }
        assertThat(store.list().usable().stream()
                        .flatMap(backup -> backup.objects().stream())
                        .map(ManifestObject::sha256))
                .doesNotHaveDuplicates();
    }
}
