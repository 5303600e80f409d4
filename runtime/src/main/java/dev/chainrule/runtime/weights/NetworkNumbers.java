package dev.chainrule.runtime.weights;

/**
 * The numbers of a network that a file has.
 *
 * @param parameters as the network's layout has them
 * @param constants those of its layers of kind SCALE; empty where there are none
 */
public record NetworkNumbers(double[] parameters, double[] constants) {}
