package dev.chainrule.runtime.training;

import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.Perturbation;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;

/**
 * A way to the gradient of a network. All of them give the same gradient, up to rounding or the error of a difference.
 *
 * @serial exclude
 */
public final class GradientMethod implements SumMethod {
    private static final long serialVersionUID = 1;

    private final String name;
    private final SumMethod method;
    private final boolean movesParameters;

    private GradientMethod(String name, SumMethod method, boolean movesParameters) {
        this.name = name;
        this.method = method;
        this.movesParameters = movesParameters;
    }

    /** {@return backpropagation: about the cost of two forward passes} */
    public static GradientMethod backpropagation() {
        return new GradientMethod("backpropagation", Backpropagation::new, false);
    }

    /** {@return the full gradient equations, for a {@link FullGradientNetwork}: one derivation a parameter} */
    public static GradientMethod fullGradient() {
        return new GradientMethod("full gradient", FullGradient::new, false);
    }

    /**
     * {@return central differences, two forward passes a parameter} For one thread, as the parameters move meanwhile.
     *
     * @param epsilon how far a parameter is moved, for example {@link Perturbation#DEFAULT_EPSILON}
     * @throws IllegalArgumentException if {@code epsilon} is not positive and finite
     */
    public static GradientMethod perturbation(double epsilon) {
        Checks.positive("epsilon", epsilon);
        return new GradientMethod("perturbation by " + epsilon, network -> new Perturbed(network, epsilon), true);
    }

    @Override
    public RangeSum of(TrainableNetwork network) {
        return method.of(network);
    }

    /** Whether other threads meanwhile see other parameters than the network has. */
    boolean movesParameters() {
        return movesParameters;
    }

    /** The method's name, with its setting where it has one. */
    @Override
    public String toString() {
        return name;
    }

    /** One value a parameter. */
    private abstract static class Gradient implements RangeSum {
        private final int length;

        Gradient(TrainableNetwork network) {
            this.length = network.parameters().length;
        }

        @Override
        public final int length() {
            return length;
        }
    }

    private static final class Backpropagation extends Gradient {
        private final TrainableNetwork network;

        Backpropagation(TrainableNetwork network) {
            super(network);
            this.network = network;
        }

        @Override
        public double add(double[] inputs, double[] targets, double[] weights, int from, int to, double[] gradient) {
            return weights == null
                    ? network.backprop(inputs, targets, from, to, gradient)
                    : network.backprop(inputs, targets, weights, from, to, gradient);
        }
    }

    /** Takes one record at a time. */
    private abstract static class ByRecord extends Gradient {
        /** Of a record whose weight is not 1; null before the first. */
        private double[] ofRecord;

        ByRecord(TrainableNetwork network) {
            super(network);
        }

        /** Adds the gradient of one record, and returns its error. */
        abstract double add(double[] inputs, double[] targets, int record, double[] gradient);

        @Override
        public final double add(
                double[] inputs, double[] targets, double[] weights, int from, int to, double[] gradient) {
            double error = 0;
            for (int record = from; record < to; record++) {
                error += weights == null || weights[record] == 1
                        ? add(inputs, targets, record, gradient)
                        : addWeighted(inputs, targets, record, weights[record], gradient);
            }
            return error;
        }

        private double addWeighted(double[] inputs, double[] targets, int record, double weight, double[] gradient) {
            if (ofRecord == null) {
                ofRecord = new double[gradient.length];
            }
            Arrays.fill(ofRecord, 0);
            double error = add(inputs, targets, record, ofRecord);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = Math.fma(weight, ofRecord[i], gradient[i]);
            }
            return weight * error;
        }
    }

    private static final class Perturbed extends ByRecord {
        private final Perturbation perturbation;

        Perturbed(TrainableNetwork network, double epsilon) {
            super(network);
            this.perturbation = new Perturbation(network, epsilon);
        }

        @Override
        double add(double[] inputs, double[] targets, int record, double[] gradient) {
            return perturbation.gradient(inputs, targets, record, record + 1, gradient);
        }
    }

    private static final class FullGradient extends ByRecord {
        private final FullGradientNetwork network;
        private final double[] input;
        private final double[] target;

        FullGradient(TrainableNetwork network) {
            super(network);
            if (!(network instanceof FullGradientNetwork fullGradientNetwork)) {
                throw new IllegalArgumentException(network.getClass().getName()
                        + " has no full gradient, its equations would be too many; use backpropagation");
            }
            this.network = fullGradientNetwork;
            this.input = new double[network.inputs()];
            this.target = new double[network.outputs()];
        }

        @Override
        double add(double[] inputs, double[] targets, int record, double[] gradient) {
            System.arraycopy(inputs, record * input.length, input, 0, input.length);
            System.arraycopy(targets, record * target.length, target, 0, target.length);
            return network.fullGradient(input, target, gradient);
        }
    }
}
