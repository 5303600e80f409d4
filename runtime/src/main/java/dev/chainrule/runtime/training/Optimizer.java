package dev.chainrule.runtime.training;

import dev.chainrule.runtime.ParameterLayout;

/**
 * How a gradient becomes a change of the parameters: the settings, which never change and serve any number of trainings.
 * {@link Optimizers} has the known ones. For {@linkplain Training#checkpoint checkpoints} it tells its settings by
 * {@link Object#toString}, as a record does on its own.
 */
public interface Optimizer {
    /** {@return the learning rate before any {@link Schedule}: positive and finite} */
    double learningRate();

    /**
     * {@return what one training remembers from step to step, as it is before the first step}
     *
     * @param parameters the number of parameters
     * @throws IllegalArgumentException if {@code parameters} is negative
     */
    OptimizerState start(int parameters);

    /**
     * {@return the same, but where this optimiser has a weight decay of its own, that is for weights alone} Unless it says
     * otherwise, it has none.
     *
     * @param layout tells the weights from all else
     */
    default OptimizerState startSparingBiases(ParameterLayout layout) {
        return start(layout.size());
    }
}
