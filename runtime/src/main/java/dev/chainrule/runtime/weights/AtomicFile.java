package dev.chainrule.runtime.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Writes a file so that at any moment its path has the old content or the new, whole. */
final class AtomicFile {
    private AtomicFile() {}

    /** Where content goes to. */
    interface Sink {
        /** Writes all bytes that remain in the buffer. */
        void write(ByteBuffer bytes) throws IOException;
    }

    /** What to write. */
    interface Content {
        void writeTo(Sink sink) throws IOException;
    }

    /**
     * Writes a temporary file beside {@code path}, waits until it has reached the disk, and puts it in the place of
     * {@code path}. Whatever fails, the temporary file is removed; only a crash can leave it behind.
     */
    static void write(Path path, FileCalls calls, Content content) throws IOException {
        Path file = path.toAbsolutePath();
        Path directory = file.getParent();
        if (directory == null) {
            throw new FileSystemException(path.toString(), null, "is a directory; expected a file");
        }
        // A name of its own, so that savers of one path never write to one file, and short, as names can be at their
        // limit.
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
        Path temporary = directory.resolve(".chainrule-" + random + ".tmp");
        try {
            try (FileCalls.Opened opened = calls.create(temporary)) {
                content.writeTo(bytes -> {
                    while (bytes.hasRemaining()) {
                        opened.write(bytes);
                    }
                });
                // Or else, after a crash, the new name could be there without the new bytes.
                opened.force();
            }
            calls.replace(temporary, file);
        } catch (Throwable problem) {
            try {
                calls.delete(temporary);
            } catch (IOException another) {
                problem.addSuppressed(another);
            }
            throw problem;
        }
        forceDirectory(directory, calls);
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
