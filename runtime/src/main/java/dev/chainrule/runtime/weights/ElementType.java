package dev.chainrule.runtime.weights;

import java.util.Locale;

/** The type of the numbers that a file holds. */
public enum ElementType {
    /** Parameters are rounded to the nearest {@code float}, 4 bytes each. */
    FLOAT(Dtype.F32),
    /** Parameters are as they are, 8 bytes each: loading gives the same bits. */
    DOUBLE(Dtype.F64);

    private final Dtype dtype;

    ElementType(Dtype dtype) {
        this.dtype = dtype;
    }

    Dtype dtype() {
        return dtype;
    }

    /** As Java writes it, for example {@code float}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
