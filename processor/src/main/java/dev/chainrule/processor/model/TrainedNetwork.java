package dev.chainrule.processor.model;

/**
 * A network with its parameters.
 *
 * @param parameters in the layout of {@link Layer}: as many as the network has, all finite
 */
public record TrainedNetwork(Network network, double[] parameters) {}
