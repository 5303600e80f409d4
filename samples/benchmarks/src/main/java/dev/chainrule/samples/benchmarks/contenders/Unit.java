package dev.chainrule.samples.benchmarks.contenders;

/** What a unit does to its sum; the names are those of the C program, too. */
public enum Unit {
    SIGMOID,
    TANH,
    RELU,
    IDENTITY
}
