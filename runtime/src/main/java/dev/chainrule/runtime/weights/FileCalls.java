package dev.chainrule.runtime.weights;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The calls to the file system that a save makes, one method each, so that a test can make any of them fail. */
interface FileCalls {
    /** Makes a file that is not there yet. */
    Opened create(Path file) throws IOException;

    /** Opens a directory, where the operating system has that. */
    Opened openDirectory(Path directory) throws IOException;

    /** Puts a file in the place of another, which may be there or not, in one step. */
    void replace(Path file, Path other) throws IOException;

    /** Removes a file, if it is there. */
    void delete(Path file) throws IOException;

    /** A file or directory that is open. */
    interface Opened extends Closeable {
        /** Writes some of the bytes. */
        void write(ByteBuffer bytes) throws IOException;

        /** Waits until all that was written has reached the disk. */
        void force() throws IOException;
    }

    /** The calls to the file system itself. */
    FileCalls REAL = new FileCalls() {
        @Override
        public Opened create(Path file) throws IOException {
            return opened(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        }

        @Override
        public Opened openDirectory(Path directory) throws IOException {
            return opened(FileChannel.open(directory, StandardOpenOption.READ));
        }

        @Override
        public void replace(Path file, Path other) throws IOException {
            Files.move(file, other, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void delete(Path file) throws IOException {
            Files.deleteIfExists(file);
        }

        private static Opened opened(FileChannel channel) {
            return new Opened() {
                @Override
                public void write(ByteBuffer bytes) throws IOException {
                    channel.write(bytes);
                }

                @Override
                public void force() throws IOException {
                    channel.force(true);
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        }
    };
}
