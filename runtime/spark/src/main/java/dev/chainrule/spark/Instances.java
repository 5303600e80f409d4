package dev.chainrule.spark;

import dev.chainrule.runtime.TrainableNetwork;

/** Calls a user's factory. */
final class Instances {
    private Instances() {}

    /**
     * A network on the parameters.
     *
     * @throws IllegalArgumentException if the factory makes one on others
     */
    static TrainableNetwork of(NetworkFactory factory, double[] parameters) {
        TrainableNetwork network = factory.apply(parameters);
        if (network.parameters() != parameters) {
            throw new IllegalArgumentException(
                    "the networks that executors make must work on the parameters that they are given; "
                            + network.getClass().getName() + " has others");
        }
        return network;
    }
}
