package dev.chainrule.samples.benchmarks.contenders;

/** Whoever computes the gradient of the sum of squares, too. It keeps the gradient in its own form and adds to it. */
public interface Learner extends Evaluator {
    /** Returns the loss of the record. */
    double backprop(double[] input, double[] target);

    /** Returns the loss of row-major records. */
    double backprop(double[] inputs, double[] targets, int fromRecord, int toRecord);

    /** All that was added up, in the order of the parameters. */
    double[] gradient();
}
