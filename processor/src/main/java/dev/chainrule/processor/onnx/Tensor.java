package dev.chainrule.processor.onnx;

import com.google.protobuf.ByteString;

/**
 * Numbers as a model holds them, not yet known to be as many as the shape says.
 *
 * @param name the value that they are; empty in an attribute
 * @param isExternal whether they stand in another file
 * @param bytes the numbers, row-major and little-endian
 */
record Tensor(String name, DataType type, Shape shape, boolean isExternal, ByteString bytes) implements Value {}
