package dev.chainrule.processor.code;

/** A loop or nest of loops that is worth vector instructions. */
public enum VectorMethod {
    /** Sums of inputs times weights, one a unit; made for a number of inputs and of units. */
    SUMS("sums"),
    /** Adds inputs times deltas to the gradient of a layer; made for a number of inputs and of units. */
    GRADIENT("gradient"),
    /** Adds inputs times weights to the sums of a layer, for a block of records; made for a number of inputs and of units. */
    BLOCK_SUMS("blockSums"),
    /** Adds deltas times weights to what is carried back, for a block of records; made for a number of deltas and of inputs. */
    BLOCK_SUMS_BACK("blockSumsBack"),
    /** Adds inputs times deltas to the gradient of a layer, for a block of records; made for a number of inputs and of units. */
    BLOCK_GRADIENT("blockGradient"),
    /** The logistic function of values that stand side by side. */
    SIGMOID("sigmoid"),
    /** The hyperbolic tangent of values that stand side by side. */
    TANH("tanh"),
    /** {@code max(0, z)} of values that stand side by side. */
    RECTIFIER("rectifier"),
    /** Values that stand side by side, each times one of two numbers, as another value is positive or not. */
    TIMES_IF_POSITIVE("timesIfPositive");

    private final String text;

    VectorMethod(String text) {
        this.text = text;
    }

    /** Whether it applies a function of {@code Kernels}, which looks up nodes of a table. */
    public boolean isKernel() {
        return this == SIGMOID || this == TANH;
    }

    /** How names of such methods begin; of a function, its name. */
    public String text() {
        return text;
    }
}
