package dev.chainrule.runtime.training;

/**
 * Records of so many inputs and targets, all finite, however they are held: as doubles ({@link Records}), as floats or bytes
 * ({@link #of}), or in a file. They are read as doubles, by several threads at a time.
 *
 * <pre>{@code
 * RecordStore pictures = RecordStore.of(Rows.of(pixels, 784), Rows.of(OneHot.encode(labels, 10), 10));
 * RecordStore standardised = Standardisation.fitJointly(pictures).view(pictures);
 * }</pre>
 *
 * <p><b>Weights.</b> Each record counts as 1 in losses, gradients and metrics, unless records are
 * {@linkplain #weighted weighted}.
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

    /** {@return whether records have weights; if not, each counts as 1} */
    default boolean isWeighted() {
        return false;
    }

    /**
     * {@return the weight of a record: 0 or positive, and finite; 1 unless records are weighted}
     *
     * @param record its number
     * @throws IndexOutOfBoundsException if there is no such record, and records are weighted
     */
    default double weight(int record) {
        return 1;
    }

    /**
     * {@return these records with weights, in place of those that they may have; inputs and targets are not copied} A
     * record counts in losses, gradients and metrics as often as its weight says: one of weight 2 like two records, one
     * of weight 0 not at all.
     *
     * @param weights one a record, each 0 or positive, and finite; copied
     * @throws IllegalArgumentException if there are not as many weights as records, one is negative or not finite (with
     *     the record's number), all are 0, or their sum is not finite
     */
    default RecordStore weighted(double... weights) {
        return new WeightedRecords(this, weights);
    }

    /**
     * {@return some of the records, with their weights: a view, or a copy}
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
