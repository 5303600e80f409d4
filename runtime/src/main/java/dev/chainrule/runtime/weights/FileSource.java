package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.files.Interruption;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;

/** Bytes to read, of a file most often. Whatever fails, the exception says of which. */
final class FileSource implements Closeable {
    private final String name;
    private final SeekableByteChannel channel;

    FileSource(String name, SeekableByteChannel channel) {
        this.name = name;
        this.channel = channel;
    }

    String name() {
        return name;
    }

    long size() throws IOException {
        try {
            return channel.size();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Reads from a position on until the buffer is full, and flips it. */
    void read(long position, ByteBuffer bytes) throws IOException {
        int count = 0;
        try {
            channel.position(position);
            while (bytes.hasRemaining() && count >= 0) {
                count = channel.read(bytes);
            }
        } catch (IOException e) {
            throw failed(e);
        }
        if (count < 0) {
            throw new WeightFileException(name, "the file became shorter while it was read; expected it to stay");
        }
        bytes.flip();
    }

    /**
     * Maps bytes, which can be read as long as the result is there.
     *
     * @throws WeightFileException if this is no file of the operating system
     */
    ByteBuffer map(long position, long length) throws IOException {
        if (!(channel instanceof FileChannel file)) {
            throw new WeightFileException(name, "the file cannot be mapped; expected one of the operating system");
        }
        try {
            return file.map(FileChannel.MapMode.READ_ONLY, position, length);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The operating system says what failed, not of which file. */
    private IOException failed(IOException problem) {
        return problem instanceof ClosedByInterruptException
                ? Interruption.of("reading " + name + " was interrupted", problem)
                : new IOException(name + " cannot be read: " + problem, problem);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
