package dev.chainrule.samples.documents;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.Trainer;

/**
 * How the admission records are learnt.
 *
 * @param optimizer by which the weights move
 * @param rate its learning rate
 * @param epochs how often to go through the records to train on; null for as often as the document does
 * @param batch how many records a step takes; null for all
 * @param hidden how many hidden units the perceptron has
 * @param seed of split, weights and order; null for the document's
 */
record AdmissionsSettings(
        DescentOptimizer optimizer, double rate, Integer epochs, Integer batch, int hidden, Long seed) {
    /** Of weights that the document does not have, where there is no seed. */
    static final long OTHER_SEED = 1;

    /** Whether the document trains so, but perhaps longer and with another number of hidden units. */
    boolean areDocuments() {
        return optimizer == DescentOptimizer.GRADIENT_DESCENT
                && rate == Admissions.LEARNING_RATE
                && batch == null
                && seed == null;
    }

    /** Whether the perceptron's weights are drawn though there is no seed. */
    boolean drawsPerceptron() {
        return seed == null && hidden != Perceptrons.DOCUMENT_HIDDEN;
    }

    /** Gives a network the weights to start from: the document's where it has them, otherwise from N(0, 1/sqrt(n)). */
    void start(TrainableNetwork network, DocumentRun document) {
        double[] weights = network.parameters();
        if (seed == null && document.start().length == weights.length) {
            System.arraycopy(document.start(), 0, weights, 0, weights.length);
        } else {
            Initializers.normal().initialize(network, seed == null ? OTHER_SEED : seed);
        }
    }

    /** A trainer for so many epochs: gradients are means over a batch, and with a seed each epoch has another order. */
    Trainer.Builder trainer(int count) {
        Trainer.Builder trainer =
                Trainer.builder().optimizer(optimizer.at(rate)).epochs(count);
        if (batch != null) {
            trainer.batchSize(batch);
        }
        return seed == null ? trainer : trainer.shuffled(seed);
    }
}
