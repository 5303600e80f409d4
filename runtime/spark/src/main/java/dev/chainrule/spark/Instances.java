package dev.chainrule.spark;

import dev.chainrule.runtime.TrainableNetwork;

/** Calls a user's factory. */
final class Instances {
    private Instances() {}

    /**
     * A network on the parameters.
     *
     * @throws IllegalArgumentException if the factory makes one on others, or one with constants that are not set
     */
    static TrainableNetwork of(NetworkFactory factory, double[] parameters) {
        TrainableNetwork network = factory.apply(parameters);
        if (network.parameters() != parameters) {
            throw new IllegalArgumentException(
                    "the networks that executors make must work on the parameters that they are given; "
                            + network.getClass().getName() + " has others");
        }
        for (double constant : network.constants()) {
            if (Double.isNaN(constant)) {
                throw new IllegalArgumentException(
                        "the networks that executors make must have their constants; those of "
                                + network.getClass().getName()
                                + " are not all set. Give a function that sets them, such as"
                                + " parameters -> new XorNetwork(parameters, constants)");
            }
        }
        return network;
    }
}
