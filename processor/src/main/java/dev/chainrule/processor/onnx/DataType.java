package dev.chainrule.processor.onnx;

import java.util.Locale;

/** The types of numbers, in the order of their codes in {@code TensorProto.DataType}. */
enum DataType {
    UNDEFINED(0),
    FLOAT(4),
    UINT8(0),
    INT8(0),
    UINT16(0),
    INT16(0),
    INT32(4),
    INT64(8),
    STRING(0),
    BOOL(1),
    FLOAT16(0),
    DOUBLE(8),
    UINT32(0),
    UINT64(0),
    COMPLEX64(0),
    COMPLEX128(0),
    BFLOAT16(0),
    /** All further ones: numbers of 8 bits and fewer. */
    OTHER(0);

    private final int bytes;

    DataType(int bytes) {
        this.bytes = bytes;
    }

    static DataType of(long code) {
        return code >= 0 && code < OTHER.ordinal() ? values()[(int) code] : OTHER;
    }

    /** The bytes that a number takes; 0 for a type that is not read. */
    int bytes() {
        return bytes;
    }

    boolean isReal() {
        return this == FLOAT || this == DOUBLE;
    }

    /** As ONNX writes it, for example {@code float}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
