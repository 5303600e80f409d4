package dev.chainrule.runtime.monitoring;

import dev.chainrule.runtime.files.ProtobufMessage;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32C;

/**
 * A file of events in TensorFlow's format for records (tensorflow/core/lib/io/record_writer.h): for each the length of its bytes, a
 * checksum of the length, the bytes, and a checksum of these; all numbers little-endian.
 */
final class EventFile implements Closeable {
    private static final int WALL_TIME = 1;
    private static final int FILE_VERSION = 3;

    /** What TensorFlow adds to a rotated checksum, so that one of bytes that hold checksums is no weaker. */
    private static final int MASK = 0xa282ead8;

    private final OutputStream out;

    private EventFile(OutputStream out) {
        this.out = out;
    }

    /** A new file, with the event that tells its version. */
    static EventFile in(Path folder) throws IOException {
        Files.createDirectories(folder);
        long now = System.currentTimeMillis();
        // TensorBoard looks for the first part; the rest keeps files of trainings apart
        String name = "events.out.tfevents." + now / 1000 + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong());
        EventFile file = new EventFile(new BufferedOutputStream(
                Files.newOutputStream(folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)));
        file.write(new ProtobufMessage().number(WALL_TIME, now / 1e3).text(FILE_VERSION, "brain.Event:2"));
        return file;
    }

    /** Adds an event of now. */
    void write(Event event) throws IOException {
        write(event.message(System.currentTimeMillis() / 1e3));
    }

    private void write(ProtobufMessage message) throws IOException {
        byte[] bytes = message.toByteArray();
        byte[] length = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length)
                .array();
        out.write(length);
        out.write(checksum(length));
        out.write(bytes);
        out.write(checksum(bytes));
    }

    private static byte[] checksum(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        int masked = Integer.rotateRight((int) checksum.getValue(), 15) + MASK;
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(masked)
                .array();
    }

    /** Has all events so far in the file. */
    void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
