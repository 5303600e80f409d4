package dev.chainrule.samples.documents;

import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.Perturbation;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.Initializers;
import java.util.Random;
import java.util.function.DoubleSupplier;

/**
 * What the gradient of one record costs, in nanoseconds.
 *
 * @param parameters of the network
 * @param forward one forward pass with its error
 * @param perturbation the gradient by central differences
 * @param fullGradient the gradient by the full equations; NaN where the network has none
 * @param backpropagation the gradient by backpropagation
 */
record GradientCost(int parameters, double forward, double perturbation, double fullGradient, double backpropagation) {
    static GradientCost of(TrainableNetwork network, Stopwatch stopwatch) {
        Initializers.glorotNormal().initialize(network, 1);
        Random random = new Random(1);
        double[] input = random.doubles(network.inputs()).toArray();
        double[] target = random.doubles(network.outputs()).toArray();
        double[] gradient = new double[network.parameters().length];
        Perturbation perturbation = new Perturbation(network);

        // Another input each time, or the JVM could compute the error once for all repetitions
        DoubleSupplier forward = () -> network.loss(changed(input), target);
        DoubleSupplier byPerturbation = () -> perturbation.gradient(changed(input), target, gradient);
        DoubleSupplier byBackpropagation = () -> network.backprop(changed(input), target, gradient);
        if (network instanceof FullGradientNetwork full) {
            DoubleSupplier byFullGradient = () -> full.fullGradient(changed(input), target, gradient);
            double[] times = stopwatch.nanoseconds(forward, byPerturbation, byBackpropagation, byFullGradient);
            return new GradientCost(gradient.length, times[0], times[1], times[3], times[2]);
        }
        double[] times = stopwatch.nanoseconds(forward, byPerturbation, byBackpropagation);
        return new GradientCost(gradient.length, times[0], times[1], Double.NaN, times[2]);
    }

    /** How many forward passes take as long. */
    double inPasses(double nanoseconds) {
        return nanoseconds / forward;
    }

    private static double[] changed(double[] input) {
        input[0] = -input[0];
        return input;
    }
}
