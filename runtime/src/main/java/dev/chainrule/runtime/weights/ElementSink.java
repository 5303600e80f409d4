package dev.chainrule.runtime.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Takes numbers and bytes, and gives them on in large chunks, little-endian. */
final class ElementSink {
    /** Bytes given on at a time. */
    private static final int CHUNK = 1 << 16;

    private final AtomicFile.Sink sink;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);

    ElementSink(AtomicFile.Sink sink) {
        this.sink = sink;
    }

    /** What writes itself, as often as it is asked to. */
    interface Elements {
        void writeTo(ElementSink sink) throws IOException;
    }

    /** Numbers from index {@code from} (inclusive) to {@code end} (exclusive). */
    void put(double[] values, int from, int end, ElementType elementType) throws IOException {
        for (int i = from; i < end; i++) {
            makeRoom();
            if (elementType == ElementType.FLOAT) {
                chunk.putFloat((float) values[i]);
            } else {
                chunk.putDouble(values[i]);
            }
        }
    }

    void put(long[] values) throws IOException {
        for (long value : values) {
            makeRoom();
            chunk.putLong(value);
        }
    }

    void put(byte[] bytes) throws IOException {
        for (byte value : bytes) {
            makeRoom();
            chunk.put(value);
        }
    }

    /** Gives on what is left. */
    void flush() throws IOException {
        sink.write(chunk.flip());
        chunk.clear();
    }

    private void makeRoom() throws IOException {
        if (chunk.remaining() < Long.BYTES) {
            flush();
        }
    }
}
