package dev.chainrule.processor.testing;

/**
 * Derivatives by forward mode: a small change of one layer's pre-activations is carried forward, layer by layer, to the
 * error. That shares nothing with backpropagation, which goes the other way, nor with the full gradient equations, which sum
 * over paths.
 *
 * <p>With the absolute values of all factors in place of the factors, the result is the sum of absolute products: the scale
 * that a rounding error of the derivative is measured by.
 *
 * @param values {@code values[l][k]} is the activation of unit k of layer l, where layer 0 is the input
 * @param weights {@code weights[l][k][j]} leads from unit k of layer l - 1 to unit j of layer l; {@code weights[0]} is unused
 * @param jacobians {@code jacobians[l][i][j] = da_j / dz_i} of layer l; {@code jacobians[0]} is unused
 * @param error the derivatives of {@code E} by the last layer's activations
 */
record Tangents(double[][] values, double[][][] weights, double[][][] jacobians, double[] error) {

    /** {@code dE/dw} of the weight from unit {@code from} of the layer before to unit {@code to} of {@code layer}. */
    double weight(int layer, int from, int to) {
        return along(layer, unit(layer, to, values[layer - 1][from]));
    }

    /** {@code dE/db} of the bias of unit {@code to} of {@code layer}. */
    double bias(int layer, int to) {
        return along(layer, unit(layer, to, 1));
    }

    /** {@code dE/dx} of an input. */
    double input(int index) {
        return along(1, weights[1][index]);
    }

    private double[] unit(int layer, int unit, double dz) {
        double[] change = new double[values[layer].length];
        change[unit] = dz;
        return change;
    }

    /** The change of the error for the change {@code dz} of the pre-activations of {@code firstLayer}. */
    private double along(int firstLayer, double[] dz) {
        double[] da = product(dz, jacobians[firstLayer]);
        for (int layer = firstLayer + 1; layer < values.length; layer++) {
            da = product(product(da, weights[layer]), jacobians[layer]);
        }
        double sum = 0;
        for (int j = 0; j < da.length; j++) {
            sum += da[j] * error[j];
        }
        return sum;
    }

    private static double[] product(double[] row, double[][] matrix) {
        double[] result = new double[matrix[0].length];
        for (int k = 0; k < row.length; k++) {
            for (int j = 0; j < result.length; j++) {
                result[j] += row[k] * matrix[k][j];
            }
        }
        return result;
    }
}
