package dev.chainrule.processor.network;

import dev.chainrule.annotations.Precision;
import java.util.Arrays;

/**
 * A network with its numbers, as many as it has, all finite and of the precision.
 *
 * @param parameters in the layout of {@link Layer}
 * @param constants of the layers that scale, in their order
 * @param precision what the network computes in
 */
public record TrainedNetwork(Network network, double[] parameters, double[] constants, Precision precision) {
    /** In double, of a network without constants. */
    public TrainedNetwork(Network network, double[] parameters) {
        this(network, parameters, new double[0], Precision.DOUBLE);
    }

    /** The same numbers of a network that differs in what has none. */
    public TrainedNetwork of(Network other) {
        return new TrainedNetwork(other, parameters, constants, precision);
    }

    /** In float: each number is rounded to the nearest, which is infinite for one that is too large. */
    public TrainedNetwork inFloat() {
        return new TrainedNetwork(network, rounded(parameters), rounded(constants), Precision.FLOAT);
    }

    /** The parameters, and the constants after them. */
    public double[] numbers() {
        double[] all = Arrays.copyOf(parameters, parameters.length + constants.length);
        System.arraycopy(constants, 0, all, parameters.length, constants.length);
        return all;
    }

    private static double[] rounded(double[] numbers) {
        return Arrays.stream(numbers).map(value -> (float) value).toArray();
    }
}
