package dev.chainrule.annotations;

/** What a {@link Layer} makes of the values that it reads, before its activation. */
public enum LayerKind {
    /** {@code z = b + a W}, over all that it reads, one source after the other. */
    DENSE,
    /** {@code z_j = a_j + a'_j + ...}: the sum over sources of equal width; with one source, an activation alone. */
    ADD,
    /** {@code z_j = a_j * a'_j * ...}: the product over sources of equal width. */
    MULTIPLY,
    /** {@code z}: one source after the other. */
    CONCATENATE,
    /**
     * {@code z_j = (a_j - shift_j) * scale_j}, where shift and scale are constants: they are read from the file of weights, or
     * set by what fits them to records, and training does not change them.
     */
    SCALE
}
