package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import java.io.Serializable;

/** Makes a function of records for any network, so that each thread or machine can have its own. {@link GradientMethod}s are such. */
@FunctionalInterface
public interface SumMethod extends Serializable {
    /**
     * The function for one network.
     *
     * @throws IllegalArgumentException if the network does not have it
     */
    RangeSum of(TrainableNetwork network);
}
