package dev.chainrule.runtime;

import java.util.List;
import java.util.function.Consumer;

/**
 * A check of what a network tells besides its gradient against difference quotients, for use in tests:
 *
 * <pre>{@code
 * DerivativeCheck.of(network, input, target).assertWithin(1e-6);
 * }</pre>
 *
 * <p>Of {@link JacobianNetwork}, {@link ParameterJacobianNetwork}, {@link HessianVectorNetwork}, {@link HessianNetwork} and
 * {@link InputHessianNetwork} it checks what the network is: Jacobians against central differences of the outputs, second
 * derivatives against those of the gradient by backpropagation, which {@link GradientCheck} checks. The vector that the second
 * derivative is multiplied by is {@code cos 0, cos 1, cos 2, ...}. It tells of the one derivative that agrees least; parameters
 * are the same bit for bit afterwards.
 *
 * <p>Numeric derivatives are extrapolated as those of {@link GradientCheck}, and kinks are what is said there: an error below
 * 1e-8 is usual for a right derivative, 1e-6 is a good tolerance. By a number that tells a category, derivatives are to be 0.
 *
 * @param method the method of the network that agrees least, {@code "jacobian"} for example
 * @param derivative which one, {@code "dy_1/dx_0"}
 * @param analytic the derivative, from this method
 * @param numeric the same by difference quotients
 * @param error how far they are apart: {@code |analytic - numeric| / max(|analytic|, |numeric|, max(1, size) / 1000)}, where
 *     {@code size} is the greatest magnitude of what differences are taken of; NaN if one of them is
 */
public record DerivativeCheck(String method, String derivative, double analytic, double numeric, double error) {
    /** As in {@link GradientCheck}. */
    private static final double STEP = 0x1p-10;

    private static final double SMALL = 1e-3;

    /**
     * Compares the derivatives of one record.
     *
     * @param network the network to check, with one of the derivatives
     * @param input {@code inputs()} values
     * @param target {@code outputs()} values; second derivatives alone need them
     * @return the derivative that agrees least, of whichever method
     * @throws IllegalArgumentException if an array has a wrong length, a constant of the network is not set, or the network has
     *     none of the derivatives
     */
    public static DerivativeCheck of(TrainableNetwork network, double[] input, double[] target) {
        NetworkDescription.checkConstants(network);
        Shapes.checkLength("input", input, network.inputs());
        Shapes.checkLength("target", target, network.outputs());
        Checks checks = new Checks(network, input.clone(), target);
        if (network instanceof JacobianNetwork jacobian) {
            checks.jacobian(jacobian);
        }
        if (network instanceof ParameterJacobianNetwork jacobian) {
            checks.parameterJacobian(jacobian);
        }
        if (network instanceof HessianVectorNetwork hessian) {
            checks.hessianVector(hessian);
        }
        if (network instanceof HessianNetwork hessian) {
            checks.hessian(hessian);
        }
        if (network instanceof InputHessianNetwork hessian) {
            checks.inputHessian(hessian);
        }
        if (checks.worst == null) {
            throw new IllegalArgumentException(network.getClass().getName()
                    + " has no derivative besides its gradient; declare its network with also = ...");
        }
        return checks.worst;
    }

    /**
     * Asserts that all derivatives agree.
     *
     * @param tolerance the largest {@link #error()} to accept; 1e-6 is a good one
     * @throws AssertionError if they do not, with the name of the worst derivative and both its values
     */
    public void assertWithin(double tolerance) {
        if (!(error <= tolerance)) {
            throw new AssertionError(this + "; tolerance " + tolerance);
        }
    }

    /** A sentence such as {@code dy_1/dx_0 is 0.25 by jacobian, 0.5 by difference quotients: relative error 0.5}. */
    @Override
    public String toString() {
        return derivative + " is " + analytic + " by " + method + ", " + numeric
                + " by difference quotients: relative error " + error;
    }

    /** The checks of one record, and the worst so far. */
    private static final class Checks {
        private final TrainableNetwork network;
        private final double[] input;
        private final double[] target;
        private final double[] parameters;
        private final boolean[] isCategory;
        private DerivativeCheck worst;

        Checks(TrainableNetwork network, double[] input, double[] target) {
            this.network = network;
            this.input = input;
            this.target = target;
            this.parameters = network.parameters();
            this.isCategory = new boolean[input.length];
            NetworkDescription.of(network).ifPresent(description -> markCategories(description.parts()));
        }

        private void markCategories(List<InputDescription> parts) {
            int from = 0;
            for (InputDescription part : parts) {
                isCategory[from] = part.categories() > 0;
                from += part.size();
            }
        }

        void jacobian(JacobianNetwork told) {
            double[] jacobian = new double[network.outputs() * input.length];
            told.jacobian(input, jacobian);
            Consumer<double[]> outputs = result -> network.forward(input, result);
            for (int k = 0; k < input.length; k++) {
                Differences differences = byInput(k, network.outputs(), outputs);
                for (int o = 0; o < network.outputs(); o++) {
                    compare("jacobian", "dy_" + o + "/dx_" + k, jacobian[o * input.length + k], differences, o);
                }
            }
        }

        void parameterJacobian(ParameterJacobianNetwork told) {
            double[] jacobian = new double[network.outputs() * parameters.length];
            told.parameterJacobian(input, jacobian);
            Consumer<double[]> outputs = result -> network.forward(input, result);
            for (int i = 0; i < parameters.length; i++) {
                Differences differences = Differences.by(parameters, i, network.outputs(), outputs);
                for (int o = 0; o < network.outputs(); o++) {
                    double analytic = jacobian[o * parameters.length + i];
                    compare("parameterJacobian", "dy_" + o + "/d" + name(i), analytic, differences, o);
                }
            }
        }

        void hessianVector(HessianVectorNetwork told) {
            double[] v = new double[parameters.length];
            for (int i = 0; i < v.length; i++) {
                v[i] = Math.cos(i);
            }
            double[] product = new double[v.length];
            told.hessianVector(input, target, v, product);
            Differences differences = Differences.along(parameters, v, v.length, this::gradient);
            for (int i = 0; i < v.length; i++) {
                compare("hessianVector", "d2E/d" + name(i) + " dp v", product[i], differences, i);
            }
        }

        void hessian(HessianNetwork told) {
            double[] hessian = new double[parameters.length * parameters.length];
            told.hessian(input, target, hessian);
            for (int i = 0; i < parameters.length; i++) {
                Differences differences = Differences.by(parameters, i, parameters.length, this::gradient);
                for (int j = 0; j < parameters.length; j++) {
                    double analytic = hessian[i * parameters.length + j];
                    compare("hessian", "d2E/d" + name(i) + " d" + name(j), analytic, differences, j);
                }
            }
        }

        void inputHessian(InputHessianNetwork told) {
            double[] hessian = new double[input.length * input.length];
            told.inputHessian(input, target, hessian);
            for (int k = 0; k < input.length; k++) {
                Differences differences =
                        byInput(k, input.length, result -> network.inputGradient(input, target, result));
                for (int m = 0; m < input.length; m++) {
                    double analytic = hessian[k * input.length + m];
                    compare("inputHessian", "d2E/dx_" + k + " dx_" + m, analytic, differences, m);
                }
            }
        }

        private void gradient(double[] result) {
            network.backprop(input, target, result);
        }

        private String name(int parameter) {
            return NetworkDescription.parameterName(network, parameter);
        }

        /** A number that tells a category has no neighbours. */
        private Differences byInput(int k, int length, Consumer<double[]> function) {
            return isCategory[k] ? new Differences(new double[length], 0) : Differences.by(input, k, length, function);
        }

        private void compare(String method, String derivative, double analytic, Differences differences, int at) {
            double numeric = differences.values()[at];
            double scale = Math.max(Math.abs(analytic), Math.abs(numeric));
            double error = Math.abs(analytic - numeric) / Math.max(scale, SMALL * Math.max(1, differences.size()));
            // Unlike >, this order has NaN above every number
            if (worst == null || Double.compare(error, worst.error) > 0) {
                worst = new DerivativeCheck(method, derivative, analytic, numeric, error);
            }
        }
    }

    /**
     * How some values change with others.
     *
     * @param values the derivatives, extrapolated
     * @param size the greatest magnitude of what differences were taken of
     */
    private record Differences(double[] values, double size) {
        /** By one of some numbers, which are moved and put back. */
        static Differences by(double[] moved, int index, int length, Consumer<double[]> function) {
            double[] direction = new double[moved.length];
            direction[index] = 1;
            return along(moved, direction, length, function);
        }

        /** Along a direction that they are moved by. */
        static Differences along(double[] moved, double[] direction, int length, Consumer<double[]> function) {
            double[] coarse = new double[length];
            double[] fine = new double[length];
            double size = difference(moved, direction, STEP, function, coarse);
            difference(moved, direction, STEP / 2, function, fine);
            for (int i = 0; i < length; i++) {
                fine[i] = (4 * fine[i] - coarse[i]) / 3;
            }
            return new Differences(fine, size);
        }

        /** Writes the central difference; returns the greatest magnitude of what it is taken of. */
        private static double difference(
                double[] moved, double[] direction, double step, Consumer<double[]> function, double[] result) {
            double[] at = moved.clone();
            double[] above = new double[result.length];
            double[] below = new double[result.length];
            try {
                move(moved, at, direction, step);
                function.accept(above);
                move(moved, at, direction, -step);
                function.accept(below);
            } finally {
                System.arraycopy(at, 0, moved, 0, at.length);
            }
            double size = 0;
            for (int i = 0; i < result.length; i++) {
                result[i] = (above[i] - below[i]) / (2 * step);
                size = Math.max(size, Math.max(Math.abs(above[i]), Math.abs(below[i])));
            }
            return size;
        }

        private static void move(double[] moved, double[] at, double[] direction, double step) {
            for (int i = 0; i < at.length; i++) {
                moved[i] = at[i] + step * direction[i];
            }
        }
    }
}
