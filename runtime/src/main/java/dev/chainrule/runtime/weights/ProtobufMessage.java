package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.weights.ElementSink.Elements;
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
final class ProtobufMessage implements Elements {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private final List<Elements> parts = new ArrayList<>();
    private long size;

    /** The bytes of this message. */
    long size() {
        return size;
    }

    /** A whole number that is not negative. */
    ProtobufMessage number(int field, long value) {
        key(field, VARINT);
        return varint(value);
    }

    ProtobufMessage number(int field, float value) {
        key(field, FIXED_32);
        return bytes(ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
    }

    ProtobufMessage text(int field, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        key(field, LENGTH_DELIMITED);
        return varint(bytes.length).bytes(bytes);
    }

    /** A message within this one, which is complete. */
    ProtobufMessage message(int field, ProtobufMessage message) {
        key(field, LENGTH_DELIMITED);
        return varint(message.size).add(message, message.size);
    }

    /** The bytes of numbers, which are to stay until this message is written. */
    ProtobufMessage elements(int field, double[] values, int from, int end, ElementType elementType) {
        long length = (long) (end - from) * (elementType.dtype().bits() / Byte.SIZE);
        key(field, LENGTH_DELIMITED);
        return varint(length).add(sink -> sink.put(values, from, end, elementType), length);
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
