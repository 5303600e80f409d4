package dev.chainrule.runtime.weights;

/** How exactly a file holds the parameters. */
public enum Precision {
    /** As they are, 8 bytes each: loading gives the same bits. */
    F64(Dtype.F64),
    /** Rounded to the nearest {@code float}, 4 bytes each. */
    F32(Dtype.F32);

    private final Dtype dtype;

    Precision(Dtype dtype) {
        this.dtype = dtype;
    }

    Dtype dtype() {
        return dtype;
    }
}
