package dev.chainrule.processor.testing;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import java.util.BitSet;

/** Where a network's error is not smooth: there a difference quotient is not the derivative. */
public final class Kinks {
    private Kinks() {}

    /**
     * Whether the step from {@code p - h} to {@code p + h} of one parameter carries a unit, or the loss, across a kink of its
     * value or of its slope.
     */
    public static boolean isBetween(PlainNetwork network, double[] input, double[] target, int parameter, double h) {
        double[] parameters = network.parameters();
        double p = parameters[parameter];
        try {
            parameters[parameter] = p - h;
            BitSet below = sides(network, input, target);
            parameters[parameter] = p + h;
            return !below.equals(sides(network, input, target));
        } finally {
            parameters[parameter] = p;
        }
    }

    /** On which side of its kinks each unit and each output is. */
    private static BitSet sides(PlainNetwork network, double[] input, double[] target) {
        Topology topology = network.declared();
        PlainNetwork.Pass pass = network.pass(input);
        BitSet sides = new BitSet();
        int bit = 0;
        for (int layer = 1; layer <= topology.depth(); layer++) {
            double kink = kink(topology.layer(layer).activation());
            for (double z : pass.z()[layer]) {
                sides.set(bit++, z > kink);
                sides.set(bit++, z > -kink);
            }
        }
        for (int j = 0; j < target.length; j++) {
            double d = pass.output()[j] - target[j];
            sides.set(bit++, topology.loss() == Loss.MEAN_ABSOLUTE_ERROR && d > 0);
            sides.set(bit++, topology.loss() == Loss.HUBER && d > 1);
            sides.set(bit++, topology.loss() == Loss.HUBER && d < -1);
        }
        return sides;
    }

    /** Where the activation has a kink, above and below 0; NaN for none. */
    private static double kink(Activation activation) {
        return switch (activation) {
            case RELU, LEAKY_RELU, ELU, SELU, SOFTSIGN -> 0;
            case HARD_SIGMOID -> 3;
            default -> Double.NaN;
        };
    }
}
