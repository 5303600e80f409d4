package dev.chainrule.runtime.training;

import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.Perturbation;
import dev.chainrule.runtime.TrainableNetwork;

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
        return new GradientMethod("full gradient", RecordByRecord::new, false);
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
        public double add(double[] inputs, double[] targets, int from, int to, double[] gradient) {
            return network.backprop(inputs, targets, from, to, gradient);
        }
    }

    private static final class Perturbed extends Gradient {
        private final Perturbation perturbation;

        Perturbed(TrainableNetwork network, double epsilon) {
            super(network);
            this.perturbation = new Perturbation(network, epsilon);
        }

        @Override
        public double add(double[] inputs, double[] targets, int from, int to, double[] gradient) {
            return perturbation.gradient(inputs, targets, from, to, gradient);
        }
    }

    /** Gives each record to a network that takes one at a time. */
    private static final class RecordByRecord extends Gradient {
        private final FullGradientNetwork network;
        private final double[] input;
        private final double[] target;

        RecordByRecord(TrainableNetwork network) {
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
        public double add(double[] inputs, double[] targets, int from, int to, double[] gradient) {
            double error = 0;
            for (int record = from; record < to; record++) {
                System.arraycopy(inputs, record * input.length, input, 0, input.length);
                System.arraycopy(targets, record * target.length, target, 0, target.length);
                error += network.fullGradient(input, target, gradient);
            }
            return error;
        }
    }
}
