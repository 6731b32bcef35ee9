package distributedmysql.backup.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** What is done to a stored backup; each says what the message must name, and what it must say is wrong. */
enum Damage {
    FIRST_BIT(scene -> flipped(scene, Scene.path(scene.full, 0), 0)),
    LAST_BIT(scene -> flipped(scene, Scene.path(scene.full, 1), length(scene, scene.full, 1) - 1)),
    SOME_BIT(
            scene -> flipped(scene, Scene.path(scene.second, 1), scene.random.nextInt(length(scene, scene.second, 1)))),
    CHUNK_CUT_OUT(scene -> {
        byte[] bytes = scene.raw(Scene.path(scene.full, 1));
        int at = scene.random.nextInt(bytes.length / 2);
        return replaced(scene, Scene.path(scene.full, 1), without(bytes, at, bytes.length / 4), "bytes, and");
    }),
    BEGINNING_CUT_OFF(scene -> {
        byte[] bytes = scene.raw(Scene.path(scene.first, 0));
        return replaced(scene, Scene.path(scene.first, 0), without(bytes, 0, 1), "bytes, and");
    }),
    END_CUT_OFF(scene -> {
        byte[] bytes = scene.raw(Scene.path(scene.full, 0));
        return replaced(scene, Scene.path(scene.full, 0), Arrays.copyOf(bytes, bytes.length - 1), "bytes, and");
    }),
    /** Where segments of encryption end, if it is that long. */
    CUT_AT_A_SEGMENT(scene -> {
        byte[] bytes = scene.raw(Scene.path(scene.full, 0));
        int end = bytes.length > 1 << 20 ? 1 << 20 : bytes.length / 2;
        return replaced(scene, Scene.path(scene.full, 0), Arrays.copyOf(bytes, end), "bytes, and");
    }),
    APPENDED(scene -> {
        byte[] bytes = scene.raw(Scene.path(scene.second, 0));
        return replaced(scene, Scene.path(scene.second, 0), Arrays.copyOf(bytes, bytes.length + 1), "bytes, and");
    }),
    CHUNKS_SWAPPED(scene -> {
        byte[] bytes = scene.raw(Scene.path(scene.full, 0));
        int chunk = bytes.length > 2 << 20 ? 1 << 20 : bytes.length / 3;
        byte[] swapped = bytes.clone();
        System.arraycopy(bytes, 0, swapped, chunk, chunk);
        System.arraycopy(bytes, chunk, swapped, 0, chunk);
        return replaced(scene, Scene.path(scene.full, 0), swapped, "SHA-256");
    }),
    OBJECTS_SWAPPED(scene -> {
        scene.exchange(Scene.path(scene.full, 0), Scene.path(scene.full, 1));
        return expect(scene, Scene.path(scene.full, 0), "SHA-256");
    }),
    OBJECT_OF_ANOTHER_BACKUP(scene -> {
        scene.put(Scene.path(scene.full, 0), scene.raw(Scene.path(scene.other, 0)));
        return expect(scene, Scene.path(scene.full, 0), "SHA-256");
    }),
    OBJECT_ADDED(scene -> {
        scene.put(Names.of(scene.full.id(), "c.tar"), new byte[10]);
        return expect(scene, Names.of(scene.full.id(), "c.tar"), "is not in the manifest");
    }),
    INCREMENTAL_MISSING(scene -> {
        scene.objects.deleteAll(scene.first.id() + "/");
        return new Expected(scene.second.id() + " follows " + scene.first.id(), "a gap");
    }),
    FULL_MISSING(scene -> {
        scene.objects.deleteAll(scene.full.id() + "/");
        return new Expected(scene.first.id() + " follows " + scene.full.id(), "a gap");
    }),
    SEGMENT_MISSING(scene -> {
        scene.objects.delete(Scene.path(scene.second, 0));
        return expect(scene, Scene.path(scene.second, 0), "is missing");
    }),
    SEGMENT_EMPTY(scene -> replaced(scene, Scene.path(scene.second, 1), new byte[0], "0 bytes")),
    SEGMENTS_EXCHANGED(scene -> {
        scene.exchange(Scene.path(scene.first, 0), Scene.path(scene.second, 0));
        return expect(scene, Scene.path(scene.first, 0), "SHA-256");
    }),
    INCREMENTALS_EXCHANGED(scene -> {
        scene.exchangeDirectories(scene.first, scene.second);
        return expect(scene, Scene.manifestOf(scene.second), "another backup, " + scene.first.id());
    }),
    MANIFESTS_EXCHANGED(scene -> {
        scene.exchange(Scene.manifestOf(scene.first), Scene.manifestOf(scene.second));
        return expect(scene, Scene.manifestOf(scene.second), "another backup, " + scene.first.id());
    }),
    MANIFEST_OF_ANOTHER_BACKUP(scene -> {
        scene.put(Scene.manifestOf(scene.full), scene.raw(Scene.manifestOf(scene.other)));
        return expect(scene, Scene.manifestOf(scene.full), "another backup, " + scene.other.id());
    }),
    MANIFEST_CUT_OFF(scene -> {
        byte[] bytes = scene.raw(Scene.manifestOf(scene.first));
        return replaced(
                scene, Scene.manifestOf(scene.first), Arrays.copyOf(bytes, bytes.length - 1), "its end is cut off");
    }),
    MANIFEST_EMPTY(scene -> replaced(scene, Scene.manifestOf(scene.full), new byte[0], "its end is cut off")),
    GTIDS_EDITED(scene -> {
        String text = new String(scene.raw(Scene.manifestOf(scene.full)), StandardCharsets.UTF_8);
        byte[] edited = text.replace(":1-100", ":1-200").getBytes(StandardCharsets.UTF_8);
        return replaced(scene, Scene.manifestOf(scene.full), edited, "SHA-256");
    }),
    /** It never got its manifest. */
    UNFINISHED(scene -> {
        scene.objects.delete(Scene.manifestOf(scene.first));
        return new Expected(scene.first.id(), "is unfinished");
    }),
    /** Its last object was on its way. */
    UNFINISHED_UPLOAD(scene -> {
        scene.objects.delete(Scene.manifestOf(scene.second));
        scene.objects.delete(Scene.path(scene.second, 1));
        scene.objects.create(Scene.path(scene.second, 1)).write(new byte[6 << 20]);
        return new Expected(scene.second.id(), "is unfinished");
    }),
    ANOTHER_KEY(scene -> new Expected(scene.second.id(), "the wrong key", any -> Optional.of(Samples.key(99)))),
    KEY_OR_NONE(scene -> new Expected(
            scene.second.id(),
            "the wrong key",
            any -> any.key.isPresent() ? Optional.empty() : Optional.of(Samples.key(1))));

    /**
     * @param names what the message must have
     * @param says what it must say is wrong
     * @param key with which it is read
     */
    record Expected(String names, String says, Function<Scene, Optional<EncryptionKey>> key) {
        Expected(String names, String says) {
            this(names, says, scene -> scene.key);
        }
    }

    private interface Action {
        Expected damage(Scene scene) throws IOException;
    }

    private final Action action;

    Damage(Action action) {
        this.action = action;
    }

    Expected in(Scene scene) throws IOException {
        return action.damage(scene);
    }

    private static Expected flipped(Scene scene, String name, int position) throws IOException {
        scene.flip(name, position);
        return expect(scene, name, "SHA-256");
    }

    private static Expected replaced(Scene scene, String name, byte[] bytes, String says) throws IOException {
        scene.put(name, bytes);
        return expect(scene, name, says);
    }

    private static Expected expect(Scene scene, String name, String says) {
        return new Expected(scene.objects.where(name), says);
    }

    private static int length(Scene scene, Manifest backup, int object) throws IOException {
        return scene.raw(Scene.path(backup, object)).length;
    }

    private static byte[] without(byte[] bytes, int at, int length) {
        byte[] left = new byte[bytes.length - length];
        System.arraycopy(bytes, 0, left, 0, at);
        System.arraycopy(bytes, at + length, left, at, left.length - at);
        return left;
    }
}
