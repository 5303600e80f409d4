package dev.chainrule.spark;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/** What a look at all rows tells, before any of them is kept. */
final class Scan implements Serializable {
    private static final long serialVersionUID = 1;

    private final long count;
    private final long lastNumber;
    private final Problem problem;

    /**
     * @param count how many rows there are
     * @param problem what is wrong with the record of the lowest number of those that are wrong; null if none is
     */
    private Scan(long count, long lastNumber, Problem problem) {
        this.count = count;
        this.lastNumber = lastNumber;
        this.problem = problem;
    }

    /** Looks at rows of a record number, inputs and targets. */
    static Scan of(Iterator<InternalRow> rows, String numberColumn, RowReader reader) {
        double[] input = new double[reader.inputWidth()];
        double[] target = new double[reader.targetWidth()];
        long count = 0;
        long last = -1;
        Problem problem = null;
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            count++;
            if (row.isNullAt(0)) {
                problem = new Problem(
                        -1, "column \"" + numberColumn + "\" is null in a row; expected the record's number");
                continue;
            }
            long number = row.getLong(0);
            last = Math.max(last, number);
            problem = Problem.first(
                    problem,
                    number < 0
                            ? new Problem(
                                    number,
                                    "record number " + number + " in column \"" + numberColumn
                                            + "\"; expected them to count from 0")
                            : reader.read(row, number, input, target));
        }
        return new Scan(count, last, problem);
    }

    Scan and(Scan other) {
        return new Scan(
                count + other.count, Math.max(lastNumber, other.lastNumber), Problem.first(problem, other.problem));
    }

    /**
     * The number of records.
     *
     * @throws IllegalArgumentException if there are none, or one has a problem, or their numbers do not go from 0 to one less than
     *     there are of them
     */
    int checked(String numberColumn) {
        if (count == 0) {
            throw new IllegalArgumentException("there are no records; expected at least 1");
        }
        Problem.check(problem);
        if (count > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "there are " + count + " records; expected at most " + Integer.MAX_VALUE);
        }
        if (lastNumber != count - 1) {
            throw new IllegalArgumentException(
                    "the " + count + " records have numbers up to " + lastNumber + " in column \"" + numberColumn
                            + "\"; expected 0 to " + (count - 1) + ", each once. RecordNumbers.add makes such");
        }
        return (int) count;
    }
}
