package dev.chainrule.processor.onnx;

import java.util.List;

/** What goes from node to node. */
sealed interface Value permits Tensor, Units, Value.Sizes, Value.Unknown, Value.Label {
    /** What a node yields that has a problem: no reason for another one. */
    enum Unknown implements Value {
        UNKNOWN
    }

    /** The class that a record is of, or what is looked up by it: decisions, which no network computes. */
    enum Label implements Value {
        LABEL
    }

    /**
     * Sizes of values as numbers of the model itself.
     *
     * @param sizes {@link #RECORDS} for the number of records, where only the caller knows it
     * @param isSingle whether it is one size without an axis
     */
    record Sizes(List<Long> sizes, boolean isSingle) implements Value {
        /** No size, and no -1 either, by which a model leaves a size to be found out. */
        static final long RECORDS = Long.MIN_VALUE;

        public Sizes {
            sizes = List.copyOf(sizes);
        }
    }
}
