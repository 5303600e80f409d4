package dev.chainrule.processor.onnx;

import com.google.protobuf.ByteString;
import java.util.Optional;

/**
 * Numbers as a model holds them, not yet known to be as many as the shape says.
 *
 * @param name the value that they are; empty in an attribute
 * @param external where they stand, if in another file
 * @param bytes the numbers, row-major and little-endian
 * @param integers those that are written as integers; one of the two is empty in a tensor that fits its shape
 */
record Tensor(String name, DataType type, Shape shape, Optional<External> external, ByteString bytes, Integers integers)
        implements Value {
    /** Numbers that the model holds, as bytes. */
    Tensor(String name, DataType type, Shape shape, ByteString bytes) {
        this(name, type, shape, Optional.empty(), bytes, new Integers());
    }
}
