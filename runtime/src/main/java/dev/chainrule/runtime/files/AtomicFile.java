package dev.chainrule.runtime.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

/** Writes a file so that at any moment its path has the old content or the new, whole. Closed before it is saved, it leaves the old. */
public final class AtomicFile implements Closeable {
    private final Path path;
    private final Path file;
    private final FileCalls calls;
    private final PosixFileAttributes old;
    private final TemporaryFile temporary;

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
     * Makes a temporary file beside {@code path}. Whatever fails, it is removed; one that a crash has left behind, the next save
     * removes.
     */
    public AtomicFile(Path path, FileCalls calls) throws IOException {
        this.path = path;
        this.file = path.toAbsolutePath();
        this.calls = calls;
        Path directory = file.getParent();
        if (directory == null) {
            throw new FileSystemException(path.toString(), null, "is a directory; expected a file");
        }
        TemporaryFile.removeAbandoned(directory, calls);
        this.old = calls.attributes(file);
        this.temporary = new TemporaryFile(directory, calls);
        try {
            temporary.create(old != null);
        } catch (ClosedByInterruptException e) {
            discard(e);
            throw interrupted(e);
        } catch (Throwable problem) {
            discard(problem);
            throw problem;
        }
    }

    private void discard(Throwable problem) {
        try {
            temporary.close();
        } catch (IOException another) {
            problem.addSuppressed(another);
        }
    }

    /** Writes a file whole. */
    public static void write(Path path, FileCalls calls, Content content) throws IOException {
        try (AtomicFile file = new AtomicFile(path, calls)) {
            content.writeTo(file::write);
            file.save();
        }
    }

    /** Writes all bytes that remain in the buffer, after those that were written before. */
    public void write(ByteBuffer bytes) throws IOException {
        try {
            temporary.write(bytes);
        } catch (ClosedByInterruptException e) {
            throw interrupted(e);
        }
    }

    /** Writes all bytes that remain in the buffer over the first of those that were written. */
    public void writeOverStart(ByteBuffer bytes) throws IOException {
        try {
            temporary.writeOverStart(bytes);
        } catch (ClosedByInterruptException e) {
            throw interrupted(e);
        }
    }

    /** Waits until the new file has reached the disk, and puts it in the place of {@code path}. */
    public void save() throws IOException {
        try {
            if (old != null) {
                temporary.setAccess(old);
            }
            temporary.replace(file);
            temporary.close();
        } catch (ClosedByInterruptException e) {
            throw interrupted(e);
        }
        try {
            forceDirectory(file.getParent(), calls);
        } catch (ClosedByInterruptException e) {
            throw Interruption.of(
                    "saving " + path + " was interrupted; the new file is there, but a crash could undo that", e);
        }
    }

    private IOException interrupted(ClosedByInterruptException cause) {
        return Interruption.of("saving " + path + " was interrupted; what was there before still is", cause);
    }

    @Override
    public void close() throws IOException {
        temporary.close();
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
