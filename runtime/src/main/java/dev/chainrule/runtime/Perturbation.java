package dev.chainrule.runtime;

/**
 * The gradient of any network by perturbation: for every parameter {@code p} the central difference
 *
 * <pre>
 *   dE/dp = (E(p + e) - E(p - e)) / 2e
 * </pre>
 *
 * <p><b>Cost.</b> Two forward passes a parameter, and one more for the error itself. That is what backpropagation saves;
 * perturbation is for understanding and for checking.
 *
 * <p><b>Error.</b> The formula leaves out {@code e^2/6} times the third derivative, and the rounding of {@code E}, about
 * {@code 1e-16 E}, is divided by {@code e}. The two balance where {@code e} is near the cube root of {@code 1e-16}, which is
 * where {@link #DEFAULT_EPSILON} lies: expect derivatives that are right to about 1e-10. Across a kink (RELU at 0, a mean
 * absolute error of 0) the result is a mixture of both slopes.
 *
 * <p><b>Step.</b> {@code p + e} and {@code p - e} are rounded to doubles, so the difference is divided by the step that was
 * really made, {@code (p + e) - (p - e)}. That is more exact than {@code 2e}, which near {@code p = 1000} would be wrong by
 * about 1e-8 of itself for {@code e = 1e-5}. Where {@code e} is lost in {@code p} entirely, the result is NaN.
 *
 * <p><b>Parameters.</b> They change while a method runs and are the same as before, bit for bit, when it is left, also by an
 * exception. No other thread may use the parameter array meanwhile. No method allocates.
 */
public final class Perturbation {
    /** {@code 2^-17}, about 7.6e-6: the power of two next to the cube root of the distance from 1 to the next double. */
    public static final double DEFAULT_EPSILON = 0x1p-17;

    private final TrainableNetwork network;
    private final double epsilon;
    private final double[] input;
    private final double[] target;

    /**
     * Perturbs the parameters of {@code network} by {@link #DEFAULT_EPSILON}.
     *
     * @param network whose gradient it is to be
     */
    public Perturbation(TrainableNetwork network) {
        this(network, DEFAULT_EPSILON);
    }

    /**
     * Perturbs the parameters of {@code network} by {@code epsilon}.
     *
     * @param network whose gradient it is to be
     * @param epsilon how far a parameter is moved, up and down
     * @throws IllegalArgumentException if {@code epsilon} is not positive and finite
     */
    public Perturbation(TrainableNetwork network, double epsilon) {
        if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("epsilon is " + epsilon + "; expected a positive, finite number");
        }
        this.network = network;
        this.epsilon = epsilon;
        this.input = new double[network.inputs()];
        this.target = new double[network.outputs()];
    }

    /**
     * Adds the central difference for every parameter to {@code gradient}, for one record.
     *
     * @param input {@code inputs()} values
     * @param target {@code outputs()} values
     * @param gradient one value a parameter, added to
     * @return the error {@code E} of the unperturbed network
     * @throws IllegalArgumentException if an array has a wrong length, before anything is written
     */
    public double gradient(double[] input, double[] target, double[] gradient) {
        double[] parameters = network.parameters();
        Shapes.checkLength("input", input, network.inputs());
        Shapes.checkLength("target", target, network.outputs());
        Shapes.checkLength("gradient", gradient, parameters.length);
        double error = network.loss(input, target);
        for (int index = 0; index < parameters.length; index++) {
            gradient[index] += derivative(parameters, index, input, target);
        }
        return error;
    }

    /**
     * Adds the central differences for the records {@code fromRecord} (inclusive) to {@code toRecord} (exclusive) to
     * {@code gradient}, in this order: the same bits as record by record.
     *
     * @param inputs records of {@code inputs()} values, row-major
     * @param targets as many records of {@code outputs()} values, row-major
     * @param fromRecord the first record
     * @param toRecord the record after the last
     * @param gradient one value a parameter, added to
     * @return the sum of the errors of the unperturbed network
     * @throws IllegalArgumentException if an array has a wrong length or the range reaches outside the records, before
     *     anything is written
     */
    public double gradient(double[] inputs, double[] targets, int fromRecord, int toRecord, double[] gradient) {
        Shapes.checkRecords(inputs, input.length, "targets", targets, target.length, fromRecord, toRecord);
        Shapes.checkLength("gradient", gradient, network.parameters().length);
        double sum = 0;
        for (int record = fromRecord; record < toRecord; record++) {
            System.arraycopy(inputs, record * input.length, input, 0, input.length);
            System.arraycopy(targets, record * target.length, target, 0, target.length);
            sum += gradient(input, target, gradient);
        }
        return sum;
    }

    private double derivative(double[] parameters, int index, double[] input, double[] target) {
        double parameter = parameters[index];
        double above = parameter + epsilon;
        double below = parameter - epsilon;
        try {
            parameters[index] = above;
            double errorAbove = network.loss(input, target);
            parameters[index] = below;
            double errorBelow = network.loss(input, target);
            return (errorAbove - errorBelow) / (above - below);
        } finally {
            parameters[index] = parameter;
        }
    }
}
