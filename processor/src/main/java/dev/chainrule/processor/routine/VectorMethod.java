package dev.chainrule.processor.routine;

/** A loop or nest of loops that is worth vector instructions. */
public enum VectorMethod {
    /** Adds inputs times weights to the sums of a layer; made for a number of inputs and of units. */
    SUMS("sums"),
    /** Adds inputs times deltas to the gradient of a layer; made for a number of inputs and of units. */
    GRADIENT("gradient"),
    /** Adds rows of a block of records, each times a weight, to one row; made for a number of rows and a stride of weights. */
    BLOCK_SUMS("blockSums"),
    /** Adds the deltas of records, each times a factor, to one row of a gradient; made for a row's length and a stride of factors. */
    BLOCK_GRADIENT("blockGradient");

    private final String text;

    VectorMethod(String text) {
        this.text = text;
    }

    /** How names of such methods begin. */
    String text() {
        return text;
    }
}
