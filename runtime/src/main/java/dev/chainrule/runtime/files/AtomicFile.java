package dev.chainrule.runtime.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/** Writes a file so that at any moment its path has the old content or the new, whole. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Where content goes to. */
    public interface Sink {
        /** Writes all bytes that remain in the buffer. */
        void write(ByteBuffer bytes) throws IOException;
    }

    /** What to write. */
    public interface Content {
        void writeTo(Sink sink) throws IOException;
    }

    /**
     * Writes a temporary file beside {@code path}, waits until it has reached the disk, and puts it in the place of
     * {@code path}. Whatever fails, the temporary file is removed; one that a crash has left behind, the next save removes.
     */
    public static void write(Path path, FileCalls calls, Content content) throws IOException {
        Path file = path.toAbsolutePath();
        Path directory = file.getParent();
        if (directory == null) {
            throw new FileSystemException(path.toString(), null, "is a directory; expected a file");
        }
        TemporaryFile.removeAbandoned(directory, calls);
        PosixFileAttributes old = calls.attributes(file);
        try (TemporaryFile temporary = new TemporaryFile(directory, calls)) {
            temporary.create(old != null);
            content.writeTo(temporary::write);
            if (old != null) {
                temporary.setAccess(old);
            }
            temporary.replace(file);
        } catch (ClosedByInterruptException e) {
            throw Interruption.of("saving " + path + " was interrupted; what was there before still is", e);
        }
        try {
            forceDirectory(directory, calls);
        } catch (ClosedByInterruptException e) {
            throw Interruption.of(
                    "saving " + path + " was interrupted; the new file is there, but a crash could undo that", e);
        }
    }

    /** The new name, too, is to outlive a crash. */
    private static void forceDirectory(Path directory, FileCalls calls) throws IOException {
        FileCalls.Opened opened;
        try {
            opened = calls.openDirectory(directory);
        } catch (IOException e) {
            // Windows opens no directories; then there is nothing to do.
            return;
        }
        try (opened) {
            opened.force();
        }
    }
}
