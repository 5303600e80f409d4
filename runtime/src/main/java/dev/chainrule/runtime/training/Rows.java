package dev.chainrule.runtime.training;

/**
 * Rows of equally many values, read as doubles, however they are held: inputs or targets, a row a record. For any number of threads
 * at a time.
 */
public interface Rows {
    /** {@return the number of rows} */
    int count();

    /** {@return the number of values of a row} */
    int width();

    /**
     * Copies rows that follow one another into a row-major array. Allocates nothing.
     *
     * @param from the first of them
     * @param to the last (exclusive)
     * @param into gets their values
     * @param row where the first of them goes
     * @throws IndexOutOfBoundsException if there are no such rows, or no room for them
     */
    void copy(int from, int to, double[] into, int row);

    /**
     * {@return rows of doubles, 8 bytes each; nothing is copied}
     *
     * @param values row-major
     * @param width the number of values of a row
     * @throws IllegalArgumentException if the width is less than 1, or the values are not whole rows
     */
    static Rows of(double[] values, int width) {
        return new ArrayRows(values.length, width) {
            @Override
            public void copy(int from, int to, double[] into, int row) {
                System.arraycopy(values, from * width, into, row * width, (to - from) * width);
            }
        };
    }

    /**
     * {@return rows of floats, 4 bytes each, which become doubles without rounding; nothing is copied}
     *
     * @param values row-major
     * @param width the number of values of a row
     * @throws IllegalArgumentException if the width is less than 1, or the values are not whole rows
     */
    static Rows of(float[] values, int width) {
        return new ArrayRows(values.length, width) {
            @Override
            public void copy(int from, int to, double[] into, int row) {
                int end = to * width;
                int j = row * width;
                for (int i = from * width; i < end; i++) {
                    into[j++] = values[i];
                }
            }
        };
    }

    /**
     * {@return rows of unsigned bytes, from 0 to 255, such as those of pictures; nothing is copied}
     *
     * @param values row-major
     * @param width the number of values of a row
     * @throws IllegalArgumentException if the width is less than 1, or the values are not whole rows
     */
    static Rows of(byte[] values, int width) {
        return new ArrayRows(values.length, width) {
            @Override
            public void copy(int from, int to, double[] into, int row) {
                int end = to * width;
                int j = row * width;
                for (int i = from * width; i < end; i++) {
                    into[j++] = values[i] & 0xFF;
                }
            }
        };
    }
}
