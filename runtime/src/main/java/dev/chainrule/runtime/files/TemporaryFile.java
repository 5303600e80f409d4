package dev.chainrule.runtime.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that is written under a name of its own until it takes another's place; closed before that, it is removed. The process
 * that writes it holds a lock on it. A process that is killed leaves the file, but no lock, and that tells it from others.
 *
 * <p>On a network drive the same goes for processes of other hosts where the file system shares locks, as NFS 4 and SMB do. Where
 * it does not, another host may remove a file that is being written: that save fails, and the old file stays.
 */
final class TemporaryFile implements Closeable {
    private static final String PREFIX = ".chainrule-";
    private static final String SUFFIX = ".tmp";

    /**
     * Names of the files that this process writes. It must not even try their locks: on POSIX systems a process that closes a file
     * loses all of its locks on it, whichever channel they are of. (A second copy of this class, by another class loader, knows
     * them not. It removes none of them, as the JVM tells it of their locks, but could lose them to another process.)
     */
    private static final Set<String> BEING_WRITTEN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileCalls calls;
    private Path path;
    private FileCalls.Opened opened;
    private boolean isMoved;

    /** One that {@link #create} will make. */
    TemporaryFile(Path directory, FileCalls calls) {
        this.directory = directory;
        this.calls = calls;
    }

    /** Removes what killed processes have left in a directory, as far as it can be. */
    static void removeAbandoned(Path directory, FileCalls calls) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                if (!BEING_WRITTEN.contains(file.getFileName().toString())) {
                    calls.deleteUnlocked(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No reason for a save to fail
        }
    }

    /**
     * Makes the file, empty and locked.
     *
     * @param isPrivate whether it is for its owner alone
     */
    void create(boolean isPrivate) throws IOException {
        do {
            close();
            // A name that no other file ever has, and short, as names can be at their limit
            String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
            path = directory.resolve(PREFIX + random + SUFFIX);
            BEING_WRITTEN.add(path.getFileName().toString());
            opened = calls.create(path, isPrivate);
        } while (!isLocked());
    }

    /** False if another process has taken the file for left behind before it was locked. */
    private boolean isLocked() {
        try {
            return opened.lock();
        } catch (IOException e) {
            // The file system has no locks; then nobody gets one, and nobody removes what is not locked
            return true;
        }
    }

    /** Writes all bytes that remain in the buffer. */
    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            opened.write(bytes);
        }
    }

    /** Writes all bytes that remain in the buffer over the first of those that were written. */
    void writeOverStart(ByteBuffer bytes) throws IOException {
        int start = bytes.position();
        while (bytes.hasRemaining()) {
            opened.write(bytes, bytes.position() - start);
        }
    }

    /** Gives the group and the permissions of another file, or less: nobody gets at this one who could not at the other. */
    void setAccess(PosixFileAttributes other) throws IOException {
        PosixFileAttributes own = calls.attributes(path);
        Set<PosixFilePermission> permissions = new HashSet<>(other.permissions());
        if (!own.group().equals(other.group())) {
            try {
                calls.setGroup(path, other.group());
            } catch (IOException e) {
                // Only members of that group can; the present one is to have no more than all have
                retainForGroup(permissions, PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
                retainForGroup(permissions, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
                retainForGroup(permissions, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);
            }
        }
        if (!own.permissions().equals(permissions)) {
            calls.setPermissions(path, permissions);
        }
    }

    private static void retainForGroup(
            Set<PosixFilePermission> permissions, PosixFilePermission group, PosixFilePermission others) {
        if (!permissions.contains(others)) {
            permissions.remove(group);
        }
    }

    /** Waits until all has reached the disk, and puts the file in the place of another, which may be there or not. */
    void replace(Path file) throws IOException {
        // Or else, after a crash, the new name could be there without the new bytes
        opened.force();
        calls.replace(path, file);
        isMoved = true;
    }

    @Override
    public void close() throws IOException {
        if (path == null) {
            return;
        }
        try {
            if (opened != null) {
                opened.close();
            }
        } finally {
            BEING_WRITTEN.remove(path.getFileName().toString());
            if (!isMoved) {
                calls.delete(path);
            }
            opened = null;
            path = null;
        }
    }
}
