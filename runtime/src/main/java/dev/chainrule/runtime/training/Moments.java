package dev.chainrule.runtime.training;

/**
 * Means and standard deviations of columns of inputs.
 *
 * @param means one a column; from the first value on, so that the mean of a constant column is that constant
 * @param deviations one a column: {@code sqrt(sum (x - mean)^2 / (n - 1))}, 0 of a single value
 */
record Moments(double[] means, double[] deviations) {
    /** Of each column by itself. */
    static Moments of(RecordStore records, int[] columns) {
        return of(records, columns, Shuffle.inOrder(columns.length), columns.length);
    }

    /** Of all columns as if they were one. */
    static Moments jointly(RecordStore records) {
        int width = records.inputWidth();
        return of(records, Shuffle.inOrder(width), new int[width], 1);
    }

    /**
     * @param groups for each of the columns, of which group it is; the values of a group are taken together
     */
    private static Moments of(RecordStore records, int[] columns, int[] groups, int groupCount) {
        double[] first = new double[groupCount];
        double[] sums = new double[groupCount];
        double[] squares = new double[groupCount];
        long values = (long) records.count() * columns.length / groupCount;
        int width = records.inputWidth();
        Visits.forEach(records, (number, inputs, targets, row) -> {
            for (int i = columns.length - 1; i >= 0 && number == 0; i--) {
                first[groups[i]] = inputs[row * width + columns[i]];
            }
            for (int i = 0; i < columns.length; i++) {
                sums[groups[i]] += inputs[row * width + columns[i]] - first[groups[i]];
            }
        });
        double[] means = new double[groupCount];
        for (int i = 0; i < groupCount; i++) {
            means[i] = first[i] + sums[i] / values;
        }
        Visits.forEach(records, (number, inputs, targets, row) -> {
            for (int i = 0; i < columns.length; i++) {
                double difference = inputs[row * width + columns[i]] - means[groups[i]];
                squares[groups[i]] += difference * difference;
            }
        });
        double[] deviations = new double[groupCount];
        for (int i = 0; i < groupCount; i++) {
            deviations[i] = Math.sqrt(squares[i] / Math.max(1, values - 1));
        }
        return new Moments(means, deviations);
    }
}
