package dev.chainrule.runtime.weights;

import java.util.List;

/**
 * What a file says of one tensor. Its elements lie row-major, little-endian, without gaps.
 *
 * @param name as the file has it
 * @param dtype the type of its elements
 * @param shape the lengths of its dimensions; empty for a single number
 * @param begin where its bytes begin, counted from the end of the header
 * @param end where its bytes end (exclusive)
 */
public record Tensor(String name, Dtype dtype, List<Long> shape, long begin, long end) {
    /**
     * Copies {@code shape}.
     *
     * @param name as the file has it
     * @param dtype the type of its elements
     * @param shape the lengths of its dimensions
     * @param begin where its bytes begin
     * @param end where its bytes end (exclusive)
     */
    public Tensor {
        shape = List.copyOf(shape);
    }

    /** {@return this tensor as a message shows it, on one line and not too long: {@code "layer1.weight" [2, 3] F64}} */
    public String text() {
        return WeightFileException.quoted(name) + " " + WeightFileException.quoted(shape) + " " + dtype;
    }

    /**
     * {@return the number of elements}
     *
     * @throws ArithmeticException if there are more than a {@code long} counts
     */
    public long size() {
        long size = 1;
        for (long length : shape) {
            size = Math.multiplyExact(size, length);
        }
        return size;
    }
}
