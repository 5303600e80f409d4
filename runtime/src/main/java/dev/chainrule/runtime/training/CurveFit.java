package dev.chainrule.runtime.training;

import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.ParameterJacobianNetwork;
import dev.chainrule.runtime.Shapes;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.Objects;

/**
 * How well records tell the parameters of a curve that is fitted to them by least squares, or of a network: their standard errors,
 * and those of the curve.
 *
 * <pre>{@code
 * Trainer.builder().fullBatch(LevenbergMarquardt.forCurves()).build().train(curve, records);
 * CurveFit fit = CurveFit.of(curve, records);
 * System.out.println(fit); // b1 238.9 +- 2.707, ...
 * }</pre>
 *
 * <p>With the residuals {@code r = y - t}, their Jacobian {@code J = dr/dp} and the records' weights {@code W}, the variance of
 * a residual of weight 1 is {@code s^2 = r'Wr / (n - p)}, and the covariance of the parameters {@code s^2 (J'WJ)^-1}: right
 * at the minimum, as far as the curve is linear within the errors. n counts the residuals, one an output of each
 * record whose weight is not 0; p counts the parameters. Several outputs that count differently in the loss are
 * weighted likewise, the first output with 1; all else of the loss, such as a factor of a half, changes nothing.
 */
public final class CurveFit {
    private final ParameterJacobianNetwork network;
    private final double[] parameters;
    private final double[] covariance;
    private final double sumOfSquares;
    private final long degreesOfFreedom;

    private CurveFit(ParameterJacobianNetwork network, BatchSource records) {
        this.network = network;
        this.parameters = network.parameters().clone();
        int n = parameters.length;
        this.degreesOfFreedom = residuals(records) - n;
        if (degreesOfFreedom < 1) {
            throw new IllegalArgumentException(
                    "there are " + (degreesOfFreedom + n) + " residuals for " + n + " parameters; expected more");
        }
        double[] factors = new double[network.outputs()];
        GaussNewton.factors(network.description(), network.constants(), factors);
        double[] sums = new double[GaussNewton.length(n)];
        try (BatchSums batch = records.sums(network, new BatchPlan(GaussNewton::of, records.count(), null, 0))) {
            batch.startEpoch(0, null);
            this.sumOfSquares = batch.sum(0, records.count(), sums) / factors[0];
        }
        if (!Double.isFinite(sumOfSquares)) {
            throw new IllegalArgumentException("the sum of squares is " + sumOfSquares + "; expected a finite number");
        }
        // The matrix is 2 c J'J
        this.covariance = inverse(sums, 2 * factors[0] * sumOfSquares / degreesOfFreedom);
    }

    private long residuals(BatchSource records) {
        long counted = 0;
        for (int record = 0; record < records.count(); record++) {
            counted += records.weight(record) > 0 ? 1 : 0;
        }
        return counted * network.outputs();
    }

    /** The inverse of the matrix that stands behind the gradient, times a factor, row-major. */
    private double[] inverse(double[] sums, double factor) {
        int n = parameters.length;
        double[] scales = new double[n];
        for (int i = 0; i < n; i++) {
            scales[i] = Math.sqrt(sums[n + Triangle.diagonal(n, i)]);
        }
        double[] scaled = new double[Triangle.length(n)];
        for (int i = 0; i < n; i++) {
            int at = Triangle.diagonal(n, i) - i;
            for (int j = i; j < n; j++) {
                scaled[at + j] = i == j ? 1 : sums[n + at + j] / scales[i] / scales[j];
            }
        }
        Triangle triangle = new Triangle(n);
        int singular = Gradients.firstNotPositive(scales);
        if (singular < 0) {
            singular = triangle.factor(scaled, n * Math.ulp(1.0));
        }
        if (singular >= 0) {
            throw new IllegalArgumentException("the records do not tell parameter "
                    + NetworkDescription.parameterName(network, singular)
                    + ": other values of it, and of those before it, fit as well (J'J is singular)");
        }
        double[] inverse = new double[Checks.arrayLength(n, n, "covariances")];
        double[] column = new double[n];
        for (int i = 0; i < n; i++) {
            Arrays.fill(column, 0);
            column[i] = 1;
            triangle.solve(scaled, column);
            for (int j = 0; j <= i; j++) {
                inverse[i * n + j] = column[j] / scales[i] / scales[j] * factor;
                inverse[j * n + i] = inverse[i * n + j];
            }
        }
        return inverse;
    }

    /**
     * Computes the errors at the network's parameters as they are.
     *
     * @param network a {@link ParameterJacobianNetwork} whose losses are sums of squares, fitted; {@link #standardError(double[],
     *     int)} goes on using it
     * @param records that it is fitted to, more of them than parameters
     * @return the errors, which later changes of the parameters no longer change
     * @throws IllegalArgumentException if network and records do not fit, or the records do not tell a parameter
     */
    public static CurveFit of(TrainableNetwork network, RecordStore records) {
        try (Team team = new Team(network, 1, null)) {
            return of(network, new LocalSource("records", records, team));
        }
    }

    /**
     * Computes the errors likewise, on records that others sum over.
     *
     * @param network a {@link ParameterJacobianNetwork} whose losses are sums of squares, fitted
     * @param records that it is fitted to
     * @return the errors
     * @throws IllegalArgumentException if network and records do not fit, or the records do not tell a parameter
     */
    public static CurveFit of(TrainableNetwork network, BatchSource records) {
        Fit.check("records", network, records);
        NetworkDescription.checkConstants(network);
        GaussNewton.errorOf(network); // or refuse it
        return new CurveFit((ParameterJacobianNetwork) network, records);
    }

    /** {@return the sum of the squared residuals, each times its weight} */
    public double sumOfSquares() {
        return sumOfSquares;
    }

    /** {@return the number of residuals less that of parameters} */
    public long degreesOfFreedom() {
        return degreesOfFreedom;
    }

    /** {@return the standard deviation of a residual of weight 1} */
    public double residualStandardDeviation() {
        return Math.sqrt(sumOfSquares / degreesOfFreedom);
    }

    /**
     * {@return the standard error of a parameter}
     *
     * @param parameter its index
     * @throws IndexOutOfBoundsException if there is no such parameter
     */
    public double standardError(int parameter) {
        return Math.sqrt(covariance(parameter, parameter));
    }

    /**
     * {@return the covariance of two parameters}
     *
     * @param i the index of one
     * @param j the index of the other
     * @throws IndexOutOfBoundsException if there is no such parameter
     */
    public double covariance(int i, int j) {
        int n = parameters.length;
        return covariance[Objects.checkIndex(i, n) * n + Objects.checkIndex(j, n)];
    }

    /**
     * {@return how much two parameters make up for one another, from -1 to 1; NaN where the fit is perfect}
     *
     * @param i the index of one
     * @param j the index of the other
     * @throws IndexOutOfBoundsException if there is no such parameter
     */
    public double correlation(int i, int j) {
        return covariance(i, j) / standardError(i) / standardError(j);
    }

    /**
     * The standard error of the curve, for its band: of an output for an input, by the parameters that the network has now.
     *
     * @param input {@code inputs()} values
     * @param output the index of the output
     * @return the standard error
     * @throws IllegalArgumentException if the input has another length
     * @throws IndexOutOfBoundsException if there is no such output
     */
    public double standardError(double[] input, int output) {
        Shapes.checkLength("input", input, network.inputs());
        Objects.checkIndex(output, network.outputs());
        int n = parameters.length;
        double[] jacobian = new double[network.outputs() * n];
        network.parameterJacobian(input, jacobian);
        double variance = 0;
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum = Math.fma(covariance[i * n + j], jacobian[output * n + j], sum);
            }
            variance = Math.fma(jacobian[output * n + i], sum, variance);
        }
        return Math.sqrt(Math.max(0, variance));
    }

    /** A line a parameter, {@code b1 238.9 +- 2.707}, and one with the residual standard deviation. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < parameters.length; i++) {
            lines.append(NetworkDescription.parameterName(network, i))
                    .append(" ")
                    .append(Text.number(parameters[i]))
                    .append(" +- ")
                    .append(Text.number(standardError(i)))
                    .append("\n");
        }
        return lines + "residual standard deviation " + Text.number(residualStandardDeviation()) + ", "
                + degreesOfFreedom + (degreesOfFreedom == 1 ? " degree" : " degrees") + " of freedom";
    }
}
