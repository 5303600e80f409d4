package dev.chainrule.runtime.training;

/**
 * Records of so many inputs and targets, all finite, however they are held: as doubles ({@link Records}), as floats or bytes, or in
 * a file. They are read as doubles, by several threads at a time.
 */
public interface RecordStore {
    /** The number of records, at least 1; they are numbered from 0. */
    int count();

    /** The number of inputs of a record. */
    int inputWidth();

    /** The number of targets of a record. */
    int targetWidth();

    /**
     * Copies the records {@code from} (inclusive) to {@code to} (exclusive) into two row-major arrays. Allocates nothing.
     *
     * @param inputs gets their inputs
     * @param targets gets their targets
     * @param row where the first of them goes
     * @throws IndexOutOfBoundsException if there are no such records, or no room for them
     */
    void copy(int from, int to, double[] inputs, double[] targets, int row);
}
