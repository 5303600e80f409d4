package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import java.io.Serializable;

/** Makes a function of records for any network, so that each thread or machine can have its own. {@link GradientMethod}s are such. */
@FunctionalInterface
public interface SumMethod extends Serializable {
    /**
     * {@return the function for one network}
     *
     * @param network whose parameters count, live
     * @throws IllegalArgumentException if the network does not have it
     */
    RangeSum of(TrainableNetwork network);
}
