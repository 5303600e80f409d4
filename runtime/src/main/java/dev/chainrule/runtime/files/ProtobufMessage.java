package dev.chainrule.runtime.files;

import dev.chainrule.runtime.files.ElementSink.Elements;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of protocol buffers, by the description of their encoding: for each field a key, which is its number and the kind of
 * its value, and the value. Fields are added in the order that they are to have. Elements of tensors are not copied.
 */
public final class ProtobufMessage implements Elements {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private final List<Elements> parts = new ArrayList<>();
    private long size;

    /** The bytes of this message. */
    public long size() {
        return size;
    }

    /** A whole number that is not negative. */
    public ProtobufMessage number(int field, long value) {
        key(field, VARINT);
        return varint(value);
    }

    public ProtobufMessage number(int field, float value) {
        key(field, FIXED_32);
        return bytes(ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
    }

    public ProtobufMessage number(int field, double value) {
        key(field, FIXED_64);
        return bytes(ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
    }

    public ProtobufMessage text(int field, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        key(field, LENGTH_DELIMITED);
        return varint(bytes.length).bytes(bytes);
    }

    /** A message within this one, which is complete. */
    public ProtobufMessage message(int field, ProtobufMessage message) {
        key(field, LENGTH_DELIMITED);
        return varint(message.size).add(message, message.size);
    }

    /** Packed numbers, which are to stay until this message is written. */
    public ProtobufMessage doubles(int field, double[] values, int from, int end) {
        return packed(field, (long) (end - from) * Double.BYTES, sink -> sink.put(values, from, end));
    }

    /** Packed numbers, each rounded to the nearest {@code float}; they are to stay until this message is written. */
    public ProtobufMessage floats(int field, double[] values, int from, int end) {
        return packed(field, (long) (end - from) * Float.BYTES, sink -> sink.putFloats(values, from, end));
    }

    /** The whole message, which is to have less than 2 GiB. */
    public byte[] toByteArray() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size));
        try {
            ElementSink sink = new ElementSink(bytes::put);
            writeTo(sink);
            sink.flush();
        } catch (IOException e) {
            throw new AssertionError("memory has no errors", e);
        }
        return bytes.array();
    }

    private ProtobufMessage packed(int field, long length, Elements elements) {
        key(field, LENGTH_DELIMITED);
        return varint(length).add(elements, length);
    }

    private void key(int field, int kind) {
        varint((long) field << 3 | kind);
    }

    /** Seven bits a byte, the lowest first; all bytes but the last have the highest bit set. */
    private ProtobufMessage varint(long value) {
        byte[] bytes = new byte[Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (value >>> 7 * i & 0x7f | (i < bytes.length - 1 ? 0x80 : 0));
        }
        return bytes(bytes);
    }

    private ProtobufMessage bytes(byte[] bytes) {
        return add(sink -> sink.put(bytes), bytes.length);
    }

    private ProtobufMessage add(Elements part, long length) {
        parts.add(part);
        size += length;
        return this;
    }

    @Override
    public void writeTo(ElementSink sink) throws IOException {
        for (Elements part : parts) {
            part.writeTo(sink);
        }
    }
}
