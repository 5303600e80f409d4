package dev.chainrule.spark;

import dev.chainrule.runtime.TrainableNetwork;
import java.io.Serializable;

/**
 * Makes a network on given parameters, wherever Spark needs one: {@code XorNetwork::new}, or, of a network with
 * constants, {@code parameters -> new XorNetwork(parameters, constants)}.
 */
@FunctionalInterface
public interface NetworkFactory extends Serializable {
    /**
     * {@return a new network}
     *
     * @param parameters that it works on, this very array
     */
    TrainableNetwork apply(double[] parameters);
}
