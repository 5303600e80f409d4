package dev.chainrule.runtime.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** The calls to the file system that a save makes, one method each, so that a test can make any of them fail. */
public interface FileCalls {
    /** The calls to the file system itself. */
    FileCalls REAL = new RealFileCalls();

    /** Makes a file that is not there yet, with the usual permissions or for its owner alone. */
    Opened create(Path file, boolean isPrivate) throws IOException;

    /** Group and permissions of a file; null where there is no file, or files have none. */
    PosixFileAttributes attributes(Path file) throws IOException;

    /** Gives a file to a group. */
    void setGroup(Path file, GroupPrincipal group) throws IOException;

    /** Gives a file permissions. */
    void setPermissions(Path file, Set<PosixFilePermission> permissions) throws IOException;

    /** Opens a directory, where the operating system has that. */
    Opened openDirectory(Path directory) throws IOException;

    /** Puts a file in the place of another, which may be there or not, in one step. */
    void replace(Path file, Path other) throws IOException;

    /** Removes a file, if it is there. */
    void delete(Path file) throws IOException;

    /** Removes a file, if that can be and nobody holds a {@linkplain Opened#lock lock} on it. */
    void deleteUnlocked(Path file);

    /** A file or directory that is open. */
    public interface Opened extends Closeable {
        /** Takes the lock on the file; false if another has it, or the file is gone. */
        boolean lock() throws IOException;

        /** Writes some of the bytes. */
        void write(ByteBuffer bytes) throws IOException;

        /** Writes some of the bytes from a position on; where others are written stays as it is. */
        void write(ByteBuffer bytes, long position) throws IOException;

        /** Waits until all that was written has reached the disk. */
        void force() throws IOException;
    }
}
