package dev.chainrule.samples.benchmarks.contenders;

/** Whoever computes the outputs of a network in float. */
public interface FloatEvaluator {
    void forward(float[] input, float[] output);
}
