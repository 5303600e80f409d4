package dev.chainrule.processor.onnx;

/**
 * A setting of an operator.
 *
 * @param value what it holds: one number, or several, or a text as bytes
 */
record Attribute(String name, Type type, Tensor value) {
    /** In the order of their codes in {@code AttributeProto.AttributeType}; the last is for all further ones. */
    enum Type {
        UNDEFINED,
        FLOAT,
        INT,
        STRING,
        TENSOR,
        GRAPH,
        FLOATS,
        INTS,
        STRINGS,
        OTHER;

        static Type of(long code) {
            return code >= 0 && code < OTHER.ordinal() ? values()[(int) code] : OTHER;
        }
    }
}
