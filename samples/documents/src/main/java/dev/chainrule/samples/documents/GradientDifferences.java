package dev.chainrule.samples.documents;

import dev.chainrule.runtime.Perturbation;

/** How far the other two gradients of the identity network get from backpropagation's. */
final class GradientDifferences {
    private double perturbation;
    private double fullGradient;

    /** Trains by backpropagation and computes the gradient of every record in all three ways, at the start and after every epoch. */
    static GradientDifferences overTraining(double[] start, int epochs) {
        GradientDifferences differences = new GradientDifferences();
        IdentityNetwork network = new IdentityNetwork(start.clone());
        differences.include(network);
        IdentityTraining.trainer(epochs)
                .listener(training -> differences.include(network))
                .build()
                .train(network, Identity.records());
        return differences;
    }

    /** The largest absolute difference of a derivative by perturbation to that by backpropagation. */
    double perturbation() {
        return perturbation;
    }

    /** The largest absolute difference of a derivative by the full gradient equations to that by backpropagation. */
    double fullGradient() {
        return fullGradient;
    }

    private void include(IdentityNetwork network) {
        for (double[] record : Identity.INPUTS) {
            double[] byBackpropagation = new double[IdentityNetwork.PARAMETERS];
            double[] byPerturbation = new double[IdentityNetwork.PARAMETERS];
            double[] byFullGradient = new double[IdentityNetwork.PARAMETERS];
            network.backprop(record, record, byBackpropagation);
            new Perturbation(network).gradient(record, record, byPerturbation);
            network.fullGradient(record, record, byFullGradient);
            perturbation = Math.max(perturbation, largestDifference(byPerturbation, byBackpropagation));
            fullGradient = Math.max(fullGradient, largestDifference(byFullGradient, byBackpropagation));
        }
    }

    private static double largestDifference(double[] gradient, double[] other) {
        double largest = 0;
        for (int i = 0; i < gradient.length; i++) {
            largest = Math.max(largest, Math.abs(gradient[i] - other[i]));
        }
        return largest;
    }
}
