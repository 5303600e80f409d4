package dev.chainrule.processor.onnx;

import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.resources.Quoted;
import java.util.List;
import java.util.Optional;

/** The operators that begin a layer, and its bias. Messages go on from the name of a node. */
final class DenseOperators {
    private static final String SHAPE = "OnnxShape";

    private DenseOperators() {}

    /** {@code alpha A B + beta C}. */
    static Units gemm(Operands operands) throws OnnxException {
        operands.expect(2, 3, "alpha", "beta", "transA", "transB");
        if (operands.integer("transA", 0) != 0) {
            throw new OnnxException(
                    "OnnxOperator", "has transA = 1, which makes columns of the records; only transA = 0 is known.");
        }
        boolean isTransposed = operands.integer("transB", 0) != 0;
        Dense layer = layer(operands, isTransposed, operands.real("alpha", 1));
        if (operands.has(2)) {
            Constant bias = operands.constant(2, "the bias");
            layer = withBias(operands, layer, bias, operands.real("beta", 1));
        }
        return Units.of(operands.node().outputs().get(0), layer);
    }

    /** {@code A B}. */
    static Units matMul(Operands operands) throws OnnxException {
        operands.expect(2, 2);
        return Units.of(operands.node().outputs().get(0), layer(operands, false, 1));
    }

    /** Whether a sum is that of a layer and its bias. */
    static boolean isBias(Operands operands) throws OnnxException {
        operands.expect(2, 2);
        if (operands.isConstant(0) == operands.isConstant(1)) {
            return false;
        }
        Units units = operands.anyUnits();
        return units.areZ()
                && units.layer().filter(layer -> layer.bias().isEmpty()).isPresent();
    }

    /** The pre-activations of a layer without a bias, plus numbers. */
    static Units plusBias(Operands operands) throws OnnxException {
        Dense layer = operands.anyUnits().layer().orElseThrow();
        Constant bias = operands.constant(operands.isConstant(0) ? 0 : 1, "a term");
        return Units.of(operands.node().outputs().get(0), withBias(operands, layer, bias, 1));
    }

    private static Dense layer(Operands operands, boolean isTransposed, float scale) throws OnnxException {
        if (operands.isConstant(0) && !operands.isConstant(1)) {
            throw new OnnxException(
                    SHAPE,
                    "multiplies the constants " + Quoted.of(operands.name(0))
                            + " by what depends on the input; only records (rows) times weights is known.");
        }
        Units before = operands.units(0);
        Constant weights = operands.constant(1, "weights");
        operands.same(before.type(), weights);
        before.activation(); // refuses functions that are none
        if (before.shape().rank() != 2 || weights.shape().rank() != 2) {
            throw new OnnxException(
                    SHAPE,
                    "multiplies " + before + " by " + weights + "; expected [records, in] and [in, out]"
                            + " (or [out, in] for transB = 1).");
        }
        long given = before.shape().size(1);
        long inputs = weights.shape().size(isTransposed ? 1 : 0);
        long units = weights.shape().size(isTransposed ? 0 : 1);
        if (given != inputs && given != Shape.OPEN) {
            throw new OnnxException(
                    SHAPE,
                    "multiplies " + before + " by " + weights + (isTransposed ? " transposed" : "") + ": " + given
                            + " numbers a record, but weights for " + inputs + ".");
        }
        int number = before.layer().map(Dense::number).orElse(0) + 1;
        if (number > Network.MOST_LAYERS) {
            throw new OnnxException(
                    "TooManyLayers", "begins layer " + number + "; a network has at most " + Network.MOST_LAYERS + ".");
        }
        if (isOutside(inputs) || isOutside(units)) {
            throw new OnnxException(
                    "UnitsOutOfRange",
                    "takes weights " + weights + "; a layer has 1 to " + Network.MOST_UNITS + " inputs and units.");
        }
        return new Dense(number, before, (int) inputs, (int) units, weights, isTransposed, scale, Optional.empty(), 1);
    }

    private static boolean isOutside(long count) {
        return count < 1 || count > Network.MOST_UNITS;
    }

    private static Dense withBias(Operands operands, Dense layer, Constant bias, float scale) throws OnnxException {
        operands.same(layer.before().type(), bias);
        long units = layer.units();
        List<Long> sizes = bias.shape().sizes();
        if (!bias.isSingle() && !sizes.equals(List.of(units)) && !sizes.equals(List.of(1L, units))) {
            throw new OnnxException(
                    SHAPE,
                    "adds " + bias + " to " + units + " units; expected [" + units + "], [1, " + units
                            + "] or a single number.");
        }
        return layer.with(bias, scale);
    }
}
