package dev.chainrule.processor.network;

import dev.chainrule.annotations.Precision;
import java.util.Arrays;

/**
 * A network with its parameters.
 *
 * @param parameters in the layout of {@link Layer}: as many as the network has, all finite and of the precision
 * @param precision what the network computes in
 */
public record TrainedNetwork(Network network, double[] parameters, Precision precision) {
    /** In double. */
    public TrainedNetwork(Network network, double[] parameters) {
        this(network, parameters, Precision.DOUBLE);
    }

    /** In float: each parameter is rounded to the nearest, which is infinite for one that is too large. */
    public TrainedNetwork inFloat() {
        double[] rounded = Arrays.stream(parameters).map(value -> (float) value).toArray();
        return new TrainedNetwork(network, rounded, Precision.FLOAT);
    }
}
