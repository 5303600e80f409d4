package dev.chainrule.processor.onnx;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sizes of a value.
 *
 * @param sizes from the outermost to the innermost, {@link #OPEN} where only the caller of the model knows
 */
record Shape(List<Long> sizes) {
    static final long OPEN = -1;

    /** Sizes that a message shows at most. */
    private static final int MOST_SHOWN = 8;

    Shape {
        sizes = List.copyOf(sizes);
    }

    int rank() {
        return sizes.size();
    }

    long size(int axis) {
        return sizes.get(axis);
    }

    /** How many numbers there are from this axis on; {@link #OPEN} where a size is, or where they are too many for a long. */
    long numbersFrom(int axis) {
        long product = 1;
        for (long size : sizes.subList(axis, rank())) {
            if (size < 0 || size > 0 && product > Long.MAX_VALUE / size) {
                return OPEN;
            }
            product *= size;
        }
        return product;
    }

    /** Whether the two are the same as far as they are known. */
    boolean fits(Shape other) {
        return rank() == other.rank()
                && IntStream.range(0, rank())
                        .allMatch(axis ->
                                size(axis) == other.size(axis) || size(axis) == OPEN || other.size(axis) == OPEN);
    }

    /** For example {@code [?, 3]}. */
    @Override
    public String toString() {
        return sizes.stream()
                .limit(MOST_SHOWN)
                .map(size -> size == OPEN ? "?" : size.toString())
                .collect(Collectors.joining(", ", "[", rank() > MOST_SHOWN ? ", ...]" : "]"));
    }
}
