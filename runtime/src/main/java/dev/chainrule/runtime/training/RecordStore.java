package dev.chainrule.runtime.training;

/**
 * Records of so many inputs and targets, all finite, however they are held: as doubles ({@link Records}), as floats or bytes
 * ({@link #of}), or in a file. They are read as doubles, by several threads at a time.
 *
 * <pre>{@code
 * RecordStore pictures = RecordStore.of(Rows.of(pixels, 784), Rows.of(OneHot.encode(labels, 10), 10));
 * RecordStore standardised = Standardisation.fitJointly(pictures).view(pictures);
 * }</pre>
 */
public interface RecordStore {
    /** {@return the number of records, at least 1; they are numbered from 0} */
    int count();

    /** {@return the number of inputs of a record} */
    int inputWidth();

    /** {@return the number of targets of a record} */
    int targetWidth();

    /**
     * Copies records that follow one another into two row-major arrays. Allocates nothing.
     *
     * @param from the first of them
     * @param to the last (exclusive)
     * @param inputs gets their inputs
     * @param targets gets their targets
     * @param row where the first of them goes
     * @throws IndexOutOfBoundsException if there are no such records, or no room for them
     */
    void copy(int from, int to, double[] inputs, double[] targets, int row);

    /**
     * {@return some of the records: a view, or a copy}
     *
     * @param records their numbers, in the order that they are to have
     * @throws IllegalArgumentException if there are none
     * @throws IndexOutOfBoundsException if there is no such record
     */
    default RecordStore select(int... records) {
        return new SelectedRecords(this, records);
    }

    /**
     * {@return records whose inputs and targets are rows; nothing is copied}
     *
     * @param inputs a row a record
     * @param targets as many rows
     * @throws IllegalArgumentException if there are no records, not as many rows of both, or a value is not finite (with the
     *     record's number)
     */
    static RecordStore of(Rows inputs, Rows targets) {
        return new RowRecords(inputs, targets);
    }
}
