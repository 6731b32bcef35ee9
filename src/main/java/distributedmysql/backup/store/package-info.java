/**
 * Keeps backups in a directory or in a bucket of an S3-compatible store, and tells whether they are whole. Knows nothing of
 * servers: what a backup holds, its objects bring. {@link distributedmysql.backup.store.BackupStore} is where to begin.
 *
 * <h2>What is guaranteed</h2>
 *
 * <ul>
 *   <li>A backup is listed as usable only once all of it is stored, whatever ended the run that made it.
 *   <li>{@code verify} returns only if each byte that it has read is as it was written, belongs to this backup and this object,
 *       is in its place, and none is missing. Otherwise the message names the file and what is wrong with it.
 *   <li>A chain of incremental backups has no gap, or is refused by name.
 * </ul>
 *
 * <h2>Why damage is always found</h2>
 *
 * A backup is a directory: objects, and a manifest that is written last. The manifest lists each object with its place, its
 * size and the SHA-256 of its bytes as stored. So a bit that flips, a part that is cut out, doubled or moved, an end that is
 * cut off, an object that is empty, or that has changed places with another one, is an object with another SHA-256; one that is
 * missing, or was added, is not what the list says. Reading ends only at the end of what is stored, so bytes that follow count
 * too. It all depends on the manifest, whose last line has the SHA-256 of its contents. A change anywhere in it makes the two
 * differ, or leaves a last line that is none: it has one form only. Its name must be that of its directory, so that one backup's
 * manifest does not stand for another's. Damage without intent does not meet the SHA-256 of its own bytes: the
 * chance is one in 2^256.
 *
 * <p>Anyone who damages it with intent can compute a SHA-256 as well. Where there is a key, that is not enough: the manifest has the HMAC-SHA256 of its
 * contents, and each object is encrypted with authentication ({@link distributedmysql.backup.store.EncryptionKey}). Its
 * segments know their place and which is the last, and the object's name and its backup's are part of what is authenticated, so that
 * nothing can be moved between objects or backups that were made with one key. The manifest has an id of the key, so the wrong
 * key is told from damage. What remains: anyone who may delete can delete a backup, and the last incremental ones leave no gap.
 * What is restored then ends earlier, and its GTIDs say so.
 *
 * <h2>Why half a backup never looks whole</h2>
 *
 * An object has its name only once it is complete: a file is forced to the disk and then renamed, an upload in parts is
 * completed after its last part, and is then compared with what was sent. The manifest comes after all objects, and after they have been
 * listed once more. A directory without a manifest is unfinished: it has a lease, which its writer renews. On
 * the same machine a lease is held if its process lives, elsewhere if it was renewed lately. What nobody holds,
 * {@code removeUnfinished} removes. A backup that is removed loses its manifest first.
 *
 * <h2>What a stream costs</h2>
 *
 * Content is compressed, encrypted, measured and stored as it comes, and read the same way. In memory are a zstd window,
 * buffers of 128 KiB, and one part of an upload, whatever the size.
 */
package distributedmysql.backup.store;
