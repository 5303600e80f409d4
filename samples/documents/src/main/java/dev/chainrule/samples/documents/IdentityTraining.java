package dev.chainrule.samples.documents;

import dev.chainrule.runtime.Perturbation;
import dev.chainrule.runtime.training.GradientMethod;
import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Trainer;
import java.util.List;

/**
 * Gradient descent on the identity network: after every epoch each parameter moves against its derivative, summed over the
 * four records.
 *
 * @param label what the document calls the way to the gradient
 * @param network the trained network
 * @param history with the error before each epoch
 */
record IdentityTraining(String label, IdentityNetwork network, History history) {
    /** Weights from N(0, 1), biases 0. */
    static double[] randomStart(long seed) {
        IdentityNetwork network = new IdentityNetwork();
        Initializers.normal(1).initialize(network, seed);
        return network.parameters();
    }

    /** Trains three networks from the same start, which is left as it is. */
    static List<IdentityTraining> inThreeWays(double[] start, int epochs) {
        return List.of(
                by("perturbation", GradientMethod.perturbation(Perturbation.DEFAULT_EPSILON), start, epochs),
                by("full gradient", GradientMethod.fullGradient(), start, epochs),
                by("backpropagation", GradientMethod.backpropagation(), start, epochs));
    }

    /** The document's trainer, for a gradient method or a listener to be added. */
    static Trainer.Builder trainer(int epochs) {
        return Trainer.builder()
                .summed()
                .optimizer(Optimizers.gradientDescent(Identity.LEARNING_RATE))
                .epochs(epochs);
    }

    private static IdentityTraining by(String label, GradientMethod method, double[] start, int epochs) {
        IdentityNetwork network = new IdentityNetwork(start.clone());
        History history = trainer(epochs).gradient(method).build().train(network, Identity.records());
        return new IdentityTraining(label, network, history);
    }
}
