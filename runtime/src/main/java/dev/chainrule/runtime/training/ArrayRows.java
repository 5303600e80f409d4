package dev.chainrule.runtime.training;

/** Rows that stand in one array. */
abstract class ArrayRows implements Rows {
    private final int count;
    private final int width;

    ArrayRows(int values, int width) {
        Checks.count("the width of rows", width);
        if (values % width != 0) {
            throw new IllegalArgumentException("there are " + values + " values; expected a multiple of " + width);
        }
        this.count = values / width;
        this.width = width;
    }

    @Override
    public final int count() {
        return count;
    }

    @Override
    public final int width() {
        return width;
    }

    @Override
    public final String toString() {
        return Text.count(count, "row") + " of " + Text.count(width, "value");
    }
}
