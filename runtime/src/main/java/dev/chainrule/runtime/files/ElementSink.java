package dev.chainrule.runtime.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Takes numbers and bytes, and gives them on in large chunks, little-endian. */
public final class ElementSink {
    /** Bytes given on at a time. */
    private static final int CHUNK = 1 << 16;

    private final AtomicFile.Sink sink;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);

    public ElementSink(AtomicFile.Sink sink) {
        this.sink = sink;
    }

    /** What writes itself, as often as it is asked to. */
    public interface Elements {
        void writeTo(ElementSink sink) throws IOException;
    }

    /** Numbers from index {@code from} (inclusive) to {@code end} (exclusive). */
    public void put(double[] values, int from, int end) throws IOException {
        for (int i = from; i < end; i++) {
            makeRoom();
            chunk.putDouble(values[i]);
        }
    }

    /** Numbers from index {@code from} (inclusive) to {@code end} (exclusive), each rounded to the nearest {@code float}. */
    public void putFloats(double[] values, int from, int end) throws IOException {
        for (int i = from; i < end; i++) {
            makeRoom();
            chunk.putFloat((float) values[i]);
        }
    }

    /** Whole numbers from 0 to 255, from index {@code from} (inclusive) to {@code end} (exclusive), a byte each. */
    public void putBytes(double[] values, int from, int end) throws IOException {
        for (int i = from; i < end; i++) {
            makeRoom();
            chunk.put((byte) values[i]);
        }
    }

    public void put(long[] values) throws IOException {
        for (long value : values) {
            makeRoom();
            chunk.putLong(value);
        }
    }

    public void put(byte[] bytes) throws IOException {
        for (byte value : bytes) {
            makeRoom();
            chunk.put(value);
        }
    }

    /** Gives on what is left. */
    public void flush() throws IOException {
        sink.write(chunk.flip());
        chunk.clear();
    }

    private void makeRoom() throws IOException {
        if (chunk.remaining() < Long.BYTES) {
            flush();
        }
    }
}
