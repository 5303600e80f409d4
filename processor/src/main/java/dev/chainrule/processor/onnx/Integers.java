package dev.chainrule.processor.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Integers as a model writes them, in one byte or a few each: they become numbers of their type only where they are taken, and are
 * few.
 */
final class Integers {
    private static final int BITS_A_BYTE = 7;

    private final ByteString.Output bytes = ByteString.newOutput(0);
    private int count;

    void add(long integer) {
        long rest = integer;
        while ((rest & -1L << BITS_A_BYTE) != 0) {
            bytes.write((int) rest | 1 << BITS_A_BYTE);
            rest >>>= BITS_A_BYTE;
        }
        bytes.write((int) rest);
        count++;
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** The numbers of a type, little-endian. */
    ByteString as(DataType type) {
        ByteBuffer numbers = ByteBuffer.allocate(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        CodedInputStream input = bytes.toByteString().newCodedInput();
        try {
            for (int i = 0; i < count; i++) {
                long integer = input.readInt64();
                switch (type) {
                    case INT64 -> numbers.putLong(integer);
                    case INT32 -> numbers.putInt((int) integer);
                    case BOOL -> numbers.put((byte) integer);
                    default -> throw new IllegalArgumentException(type + " is no type of integers");
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("what was written can be read", e);
        }
        return ByteString.copyFrom(numbers.flip());
    }
}
