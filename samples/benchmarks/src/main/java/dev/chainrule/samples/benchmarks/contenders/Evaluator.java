package dev.chainrule.samples.benchmarks.contenders;

/** Whoever computes the outputs of a network. */
public interface Evaluator {
    void forward(double[] input, double[] output);
}
