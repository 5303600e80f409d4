package dev.chainrule.samples.benchmarks.contenders;

/** What is timed. */
public enum Operation {
    /** One record a call. */
    FORWARD("forward", 1),
    /** One record a call: loss and gradient, added to the gradient so far. */
    BACKPROP("backprop", 1),
    /** The same of 64 records a call. */
    BACKPROP64("backprop64", Numbers.RECORDS);

    private final String text;
    private final int records;

    Operation(String text, int records) {
        this.text = text;
        this.records = records;
    }

    /** The records a call. */
    public int records() {
        return records;
    }

    @Override
    public String toString() {
        return text;
    }
}
