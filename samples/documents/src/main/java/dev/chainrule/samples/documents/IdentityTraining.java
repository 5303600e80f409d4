package dev.chainrule.samples.documents;

import java.util.Arrays;
import java.util.Random;

/**
 * Gradient descent on the identity network: after every epoch each parameter moves against its derivative, summed over the
 * four records.
 *
 * @param network the trained network
 * @param errors the error before each epoch
 * @param nanoseconds how long the training took
 */
record IdentityTraining(IdentityNetwork network, double[] errors, long nanoseconds) {
    /** The document's learning rate. */
    static final double LEARNING_RATE = 2.5;

    /** The document's number of epochs. */
    static final int EPOCHS = 200;

    /** Weights from N(0, 1), one after the other in the order of the parameters, and biases 0. */
    static double[] initialParameters(long seed) {
        Random random = new Random(seed);
        IdentityNetwork network = new IdentityNetwork();
        double[] parameters = network.parameters();
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = network.parameterName(i).startsWith("w") ? random.nextGaussian() : 0;
        }
        return parameters;
    }

    /** Trains from {@code initialParameters}, which are left as they are. */
    static IdentityTraining by(GradientMethod method, double[] initialParameters) {
        IdentityNetwork network = new IdentityNetwork(initialParameters.clone());
        double[] errors = new double[EPOCHS];
        double[] gradient = new double[IdentityNetwork.PARAMETERS];
        long start = System.nanoTime();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            Arrays.fill(gradient, 0);
            errors[epoch] = method.gradient(network, gradient);
            descend(network, gradient);
        }
        return new IdentityTraining(network, errors, System.nanoTime() - start);
    }

    /**
     * Repeats the training by backpropagation and computes the gradient in all three ways at each of its steps.
     *
     * @return the largest absolute difference of a derivative to backpropagation's, for each method
     */
    static double[] largestDifferences(double[] initialParameters) {
        IdentityNetwork network = new IdentityNetwork(initialParameters.clone());
        GradientMethod[] methods = GradientMethod.values();
        double[] largest = new double[methods.length];
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            double[] reference = new double[IdentityNetwork.PARAMETERS];
            GradientMethod.BACKPROPAGATION.gradient(network, reference);
            for (GradientMethod method : methods) {
                double[] gradient = new double[IdentityNetwork.PARAMETERS];
                method.gradient(network, gradient);
                for (int i = 0; i < gradient.length; i++) {
                    double difference = Math.abs(gradient[i] - reference[i]);
                    largest[method.ordinal()] = Math.max(largest[method.ordinal()], difference);
                }
            }
            descend(network, reference);
        }
        return largest;
    }

    private static void descend(IdentityNetwork network, double[] gradient) {
        double[] parameters = network.parameters();
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] -= LEARNING_RATE * gradient[i];
        }
    }
}
