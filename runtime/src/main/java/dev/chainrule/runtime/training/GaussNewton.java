package dev.chainrule.runtime.training;

import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.OutputDescription;
import dev.chainrule.runtime.ParameterJacobianNetwork;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;

/**
 * The error {@code E = sum c_o (y_o - t_o)^2}, its gradient {@code 2 J' c r}, and the matrix of Gauss and Newton,
 * {@code 2 J' c J}, which is {@code d2E/dp2} but for the second derivatives of the outputs: sums are first the gradient, one value
 * a parameter, then the matrix as a {@link Triangle}, then {@code sum (2 c_o r_o y_o)^2}, whose root times 2^-53 is how far
 * the rounding of the outputs moves E. Or the error alone, to the same bits.
 */
final class GaussNewton implements RangeSum {
    private final ParameterJacobianNetwork network;
    private final int parameters;
    private final boolean isErrorAlone;
    private final NetworkDescription description;
    /** Live. */
    private final double[] constants;

    private final double[] factors;
    private final double[] input;
    private final double[] output;
    private final double[] jacobian;
    private final Triangle triangle;
    /** Rows of the Jacobian that are still to be added to the matrix, and what each is multiplied by. */
    private final double[][] rows;

    private final double[] rowFactors = new double[Triangle.ROWS];

    private GaussNewton(TrainableNetwork network, boolean isErrorAlone) {
        if (!(network instanceof ParameterJacobianNetwork jacobianNetwork)) {
            throw new IllegalArgumentException(network.getClass().getName()
                    + " has no parameterJacobian; declare its network with also = PARAMETER_JACOBIAN");
        }
        this.network = jacobianNetwork;
        this.parameters = network.parameters().length;
        this.isErrorAlone = isErrorAlone;
        this.description = network.description();
        description.outputLayers().forEach(GaussNewton::check);
        this.constants = network.constants();
        this.factors = new double[network.outputs()];
        this.input = new double[network.inputs()];
        this.output = new double[network.outputs()];
        int rowsOfTriangle = isErrorAlone ? 0 : parameters;
        this.jacobian = new double[Checks.arrayLength(network.outputs(), rowsOfTriangle, "elements of the Jacobian")];
        this.triangle = new Triangle(rowsOfTriangle);
        this.rows = new double[Triangle.ROWS][rowsOfTriangle];
        Triangle.length(rowsOfTriangle); // or fail
    }

    /** Error, gradient and matrix. */
    static GaussNewton of(TrainableNetwork network) {
        return new GaussNewton(network, false);
    }

    /** The error alone. */
    static GaussNewton errorOf(TrainableNetwork network) {
        return new GaussNewton(network, true);
    }

    /** How many sums there are for so many parameters. */
    static int length(int parameters) {
        return parameters + Triangle.length(parameters) + 1;
    }

    private static void check(OutputDescription output) {
        scale(output, 1);
        if (output.weight() < 0) {
            throw new IllegalArgumentException("the weight of the loss of " + output.layer() + " is " + output.weight()
                    + "; a sum of squares takes none below 0");
        }
    }

    /** What the loss of an output layer multiplies squares by. */
    private static double scale(OutputDescription output, int units) {
        return switch (output.loss()) {
            case "SUM_OF_SQUARES" -> 1;
            case "HALF_SUM_OF_SQUARES" -> 0.5;
            case "MEAN_SQUARED_ERROR" -> 1.0 / units;
            default ->
                throw new IllegalArgumentException("the loss of " + output.layer() + " is " + output.loss()
                        + "; expected a sum of squares: SUM_OF_SQUARES, HALF_SUM_OF_SQUARES or MEAN_SQUARED_ERROR. Lbfgs"
                        + " takes any loss");
        };
    }

    /** Writes what each output's square counts, for the network's constants as they are now. */
    static void factors(NetworkDescription description, double[] constants, double[] factors) {
        int from = 0;
        for (int i = 0; i < description.outputLayers().size(); i++) {
            OutputDescription output = description.outputLayers().get(i);
            int number = description.number(output.layer());
            LayerDescription layer = description.layers().get(number - 1);
            for (int unit = 0; unit < layer.units(); unit++) {
                // The loss of an inverse scale is taken before it
                double scale =
                        layer.inverse() ? constants[description.constantsFrom(number) + layer.units() + unit] : 1;
                factors[from + unit] = output.weight() * scale(output, layer.units()) * scale * scale;
            }
            from += layer.units();
        }
    }

    @Override
    public int length() {
        return isErrorAlone ? 0 : length(parameters);
    }

    @Override
    public double add(double[] inputs, double[] targets, double[] weights, int from, int to, double[] sums) {
        factors(description, constants, factors);
        double error = 0;
        int pending = 0;
        for (int record = from; record < to; record++) {
            System.arraycopy(inputs, record * input.length, input, 0, input.length);
            network.forward(input, output);
            if (!isErrorAlone) {
                network.parameterJacobian(input, jacobian);
            }
            for (int o = 0; o < output.length; o++) {
                double factor = weights == null ? factors[o] : weights[record] * factors[o];
                double residual = output[o] - targets[record * output.length + o];
                error += factor * residual * residual;
                if (!isErrorAlone) {
                    rowFactors[pending] = 2 * factor;
                    System.arraycopy(jacobian, o * parameters, rows[pending], 0, parameters);
                    double slope = 2 * factor * residual;
                    addGradient(slope, rows[pending], sums);
                    double moved = slope * output[o];
                    sums[sums.length - 1] = Math.fma(moved, moved, sums[sums.length - 1]);
                    pending = pending + 1 == Triangle.ROWS ? addRows(sums, Triangle.ROWS) : pending + 1;
                }
            }
        }
        if (pending > 0) {
            addRows(sums, pending);
        }
        return error;
    }

    private static void addGradient(double factor, double[] row, double[] sums) {
        for (int i = 0; i < row.length; i++) {
            sums[i] = Math.fma(factor, row[i], sums[i]);
        }
    }

    /** Adds rows to the matrix; returns how many are pending then. */
    private int addRows(double[] sums, int count) {
        for (int row = count; row < Triangle.ROWS; row++) {
            Arrays.fill(rows[row], 0);
            rowFactors[row] = 0;
        }
        triangle.addSquares(sums, parameters, rows, rowFactors);
        return 0;
    }
}
