package dev.chainrule.runtime.weights;

/** The element types of the safetensors format, by the names that its files use. */
public enum Dtype {
    /** Truth values, a byte each. */
    BOOL(8),
    /** 4-bit floating point. */
    F4(4),
    /** 6-bit floating point, 2 bits of exponent. */
    F6_E2M3(6),
    /** 6-bit floating point, 3 bits of exponent. */
    F6_E3M2(6),
    /** Unsigned bytes. */
    U8(8),
    /** Signed bytes. */
    I8(8),
    /** 8-bit floating point, 5 bits of exponent. */
    F8_E5M2(8),
    /** 8-bit floating point, 4 bits of exponent. */
    F8_E4M3(8),
    /** 8-bit floating point, exponent only. */
    F8_E8M0(8),
    /** 8-bit floating point, 4 bits of exponent, finite, without a negative zero. */
    F8_E4M3FNUZ(8),
    /** 8-bit floating point, 5 bits of exponent, finite, without a negative zero. */
    F8_E5M2FNUZ(8),
    /** Signed 16-bit integers. */
    I16(16),
    /** Unsigned 16-bit integers. */
    U16(16),
    /** 16-bit floating point of IEEE 754. */
    F16(16),
    /** The upper half of 32-bit floating point. */
    BF16(16),
    /** Signed 32-bit integers. */
    I32(32),
    /** Unsigned 32-bit integers. */
    U32(32),
    /** {@code float}. */
    F32(32),
    /** Complex numbers of two 32-bit parts. */
    C64(64),
    /** {@code double}. */
    F64(64),
    /** Signed 64-bit integers. */
    I64(64),
    /** Unsigned 64-bit integers. */
    U64(64);

    private final int bits;

    Dtype(int bits) {
        this.bits = bits;
    }

    /** {@return the bits of one element} */
    public int bits() {
        return bits;
    }
}
