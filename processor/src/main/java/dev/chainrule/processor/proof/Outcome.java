package dev.chainrule.processor.proof;

import dev.chainrule.processor.property.Box;

/** How a proof ends. */
public sealed interface Outcome {
    /**
     * The property holds for each input.
     *
     * @param boxes how many were looked at
     * @param margin the tightest of the lower bounds that prove it
     * @param certificate what others can check
     */
    record Proved(int boxes, double margin, Certificate certificate) implements Outcome {}

    /** An input breaks it, and the outputs that are computed of it. */
    record Broken(double[] input, double[] outputs) implements Outcome {}

    /**
     * The budget is spent.
     *
     * @param boxes how many were looked at
     * @param open how many are left
     * @param decided the part of the inputs that is decided, from 0 to 1
     * @param resisting the first box that is left
     */
    record Undecided(int boxes, int open, double decided, Box resisting) implements Outcome {}
}
