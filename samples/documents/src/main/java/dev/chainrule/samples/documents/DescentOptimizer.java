package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.Optimizer;
import dev.chainrule.runtime.training.Optimizers;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** The runtime's optimisers by name, with their usual settings. */
enum DescentOptimizer {
    GRADIENT_DESCENT(Optimizers::gradientDescent),
    MOMENTUM(rate -> Optimizers.momentum(rate, 0.9)),
    NESTEROV(rate -> Optimizers.nesterov(rate, 0.9)),
    ADAGRAD(Optimizers::adaGrad),
    ADADELTA(Optimizers::adaDelta),
    RMSPROP(Optimizers::rmsProp),
    ADAM(Optimizers::adam),
    AMSGRAD(Optimizers::amsGrad),
    ADAMW(Optimizers::adamW),
    NADAM(Optimizers::nAdam),
    RPROP(Optimizers::rprop);

    private final DoubleFunction<Optimizer> byRate;

    DescentOptimizer(DoubleFunction<Optimizer> byRate) {
        this.byRate = byRate;
    }

    /** The optimiser at a learning rate. */
    Optimizer at(double rate) {
        return byRate.apply(rate);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
