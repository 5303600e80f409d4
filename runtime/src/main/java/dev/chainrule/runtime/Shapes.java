package dev.chainrule.runtime;

/**
 * Checks of array lengths, called by generated networks before anything is written. They allocate nothing while nothing is
 * wrong.
 */
public final class Shapes {
    private Shapes() {}

    /**
     * Checks the length of one array.
     *
     * @param what what the array is, for the message: {@code "input"}
     * @param array the array to check
     * @param expected the number of values that it should have
     * @throws IllegalArgumentException if {@code array} does not have {@code expected} values, such as
     *     {@code input has 3 values; expected 2}
     */
    public static void checkLength(String what, double[] array, int expected) {
        if (array.length != expected) {
            throw new IllegalArgumentException(what + " has " + array.length + " values; expected " + expected);
        }
    }

    /**
     * Checks row-major records and the range {@code fromRecord} (inclusive) to {@code toRecord} (exclusive) of them.
     *
     * @param inputs records of {@code inputWidth} values
     * @param inputWidth the inputs of one record
     * @param what what the other array is, for the message: {@code "targets"}
     * @param others as many records of {@code otherWidth} values
     * @param otherWidth the values of one record in the other array
     * @param fromRecord the first record
     * @param toRecord the record after the last
     * @throws IllegalArgumentException if {@code inputs} does not hold whole records, {@code others} holds another number of
     *     records, or the range does not lie within them
     */
    public static void checkRecords(
            double[] inputs,
            int inputWidth,
            String what,
            double[] others,
            int otherWidth,
            int fromRecord,
            int toRecord) {
        checkRecords(inputs, inputWidth, what, others.length, otherWidth, fromRecord, toRecord);
    }

    /** Likewise, where the other array is of another type. */
    static void checkRecords(
            double[] inputs, int inputWidth, String what, int others, int otherWidth, int fromRecord, int toRecord) {
        if (inputs.length % inputWidth != 0) {
            throw new IllegalArgumentException("inputs has " + inputs.length + " values; expected a multiple of "
                    + inputWidth + ", the width of a record");
        }
        int records = inputs.length / inputWidth;
        if (others != (long) records * otherWidth) {
            throw new IllegalArgumentException(what + " has " + others + " values; expected "
                    + (long) records * otherWidth + ", for " + records + " records of " + otherWidth);
        }
        if (fromRecord < 0 || fromRecord > toRecord || toRecord > records) {
            throw new IllegalArgumentException("records from " + fromRecord + " to " + toRecord
                    + "; expected a range within 0 to " + records + ", the number of records");
        }
    }

    /**
     * Checks the number of an input that tells a category.
     *
     * @param part the part of the input, for the message: {@code "rank"}
     * @param number the number
     * @param first the number of the first category
     * @param categories how many there are
     * @throws IllegalArgumentException if {@code number} is none of {@code first} to {@code first + categories - 1}, such as
     *     {@code rank is 0.0; expected a whole number from 1 to 4}
     */
    public static void checkCategory(String part, double number, int first, int categories) {
        if (!(number >= first && number < first + categories && number == Math.rint(number))) {
            throw new IllegalArgumentException(part + " is " + number + "; expected a whole number from " + first
                    + " to " + (first + categories - 1));
        }
    }

    /**
     * Checks the numbers of records that tell a category.
     *
     * @param part the part of the input, for the message: {@code "rank"}
     * @param inputs records of {@code inputWidth} values
     * @param inputWidth the inputs of one record
     * @param index where in a record the number is
     * @param fromRecord the first record
     * @param toRecord the record after the last
     * @param first the number of the first category
     * @param categories how many there are
     * @throws IllegalArgumentException if a record has a number that is no category
     */
    public static void checkCategories(
            String part,
            double[] inputs,
            int inputWidth,
            int index,
            int fromRecord,
            int toRecord,
            int first,
            int categories) {
        for (int record = fromRecord; record < toRecord; record++) {
            checkCategory(part, inputs[record * inputWidth + index], first, categories);
        }
    }
}
