package dev.chainrule.processor.onnx;

import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.onnx.Origin.Dense;
import dev.chainrule.processor.resources.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The operators that begin a dense layer, and its bias. Messages go on from the name of a node. */
final class DenseOperators {
    private static final String SHAPE = "OnnxShape";

    private DenseOperators() {}

    /** {@code alpha A B + beta C}. */
    static Units gemm(Operands operands, long version) throws OnnxException {
        operands.expect(
                2, 3, Operators.ofVersion(version, List.of("alpha", "beta", "transA", "transB"), Operators.BROADCAST));
        if (operands.integer("transA", 0) != 0) {
            throw new OnnxException(
                    "OnnxOperator", "has transA = 1, which makes columns of the records; only transA = 0 is known.");
        }
        boolean isTransposed = operands.integer("transB", 0) != 0;
        Units layer = layer(
                operands,
                matrix(operands.units(0), operands),
                operands.constant(1, "weights"),
                isTransposed,
                operands.real("alpha", 1));
        if (operands.has(2)) {
            Constant bias = operands.constant(2, "the bias");
            layer = withBias(operands, layer, bias, operands.real("beta", 1));
        }
        return layer;
    }

    private static Units matrix(Units units, Operands operands) throws OnnxException {
        if (units.shape().rank() != 2) {
            throw new OnnxException(
                    SHAPE,
                    "multiplies " + units + " by " + Quoted.of(operands.name(1)) + "; expected [records, in] and [in,"
                            + " out] (or [out, in] for transB = 1).");
        }
        return units;
    }

    /** {@code A B}. */
    static Units matMul(Operands operands) throws OnnxException {
        operands.expect(2, 2);
        if (!operands.isConstant(0) || operands.isConstant(1)) {
            return layer(operands, operands.units(0), operands.constant(1, "weights"), false, 1);
        }
        Units column = operands.units(1);
        if (!column.isOneRecord() || column.shape().rank() != 1) {
            throw new OnnxException(
                    SHAPE,
                    "multiplies the constants " + Quoted.of(operands.name(0)) + " by " + column
                            + "; known is a product of records (rows) and weights, or of weights and one record alone,"
                            + " [numbers].");
        }
        return layer(operands, column, operands.constant(0, "weights"), true, 1);
    }

    /** Whether a sum is that of a layer and its bias. */
    static boolean isBias(Operands operands) throws OnnxException {
        if (operands.isConstant(0) == operands.isConstant(1)) {
            return false;
        }
        Units units = operands.anyUnits();
        return units.areZ()
                && units.origin() instanceof Dense dense
                && dense.bias().isEmpty();
    }

    /** The pre-activations of a layer without a bias, plus numbers. */
    static Units plusBias(Operands operands) throws OnnxException {
        Constant bias = operands.constant(operands.isConstant(0) ? 0 : 1, "a term");
        return withBias(operands, operands.anyUnits(), bias, 1);
    }

    /** Records times weights. */
    static Units layer(Operands operands, Units given, Constant weights, boolean isTransposed, float scale)
            throws OnnxException {
        operands.same(given.type(), weights);
        given.signal(); // refuses functions that are none
        boolean isRow = given.ofRecord().size() >= 1
                && given.ofRecord().subList(0, given.ofRecord().size() - 1).stream()
                        .allMatch(size -> size == 1);
        if (!isRow || weights.shape().rank() != 2) {
            throw new OnnxException(
                    SHAPE,
                    "multiplies " + given + " by " + weights + "; expected [records, in] and [in, out]"
                            + " (or [out, in] for transB = 1).");
        }
        long inputs = weights.shape().size(isTransposed ? 1 : 0);
        long units = weights.shape().size(isTransposed ? 0 : 1);
        if (isOutside(inputs) || isOutside(units)) {
            throw new OnnxException(
                    "UnitsOutOfRange",
                    "takes weights " + weights + "; a layer has 1 to " + Network.MOST_UNITS + " inputs and units.");
        }
        Units before = given.ofWidth(inputs);
        if (before.width() != inputs) {
            throw new OnnxException(
                    SHAPE,
                    "multiplies " + before + " by " + weights + (isTransposed ? " transposed" : "") + ": "
                            + before.width() + " numbers a record, but weights for " + inputs + ".");
        }
        Numbers numbers = weights.numbers(scale);
        Matrix matrix = new Matrix(
                (int) inputs,
                (int) units,
                (row, column) -> numbers.at(isTransposed ? column * (int) inputs + row : row * (int) units + column));
        List<Long> sizes = new ArrayList<>(before.ofRecord());
        sizes.set(sizes.size() - 1, units);
        return before.from(Origin.dense(before.signal(), matrix, Optional.empty()), sizes)
                .named(operands.node().outputs().get(0));
    }

    private static boolean isOutside(long count) {
        return count < 1 || count > Network.MOST_UNITS;
    }

    static Units withBias(Operands operands, Units layer, Constant bias, float scale) throws OnnxException {
        operands.same(layer.type(), bias);
        Optional<int[]> places = Broadcast.places(bias.shape(), layer);
        if (places.isEmpty()) {
            long units = layer.width();
            throw new OnnxException(
                    SHAPE,
                    "adds " + bias + " to " + units + " units; expected [" + units + "], [1, " + units
                            + "] or a single number.");
        }
        Numbers numbers = bias.numbers(scale);
        Dense dense = ((Dense) layer.origin()).with(numbers.at(unit -> places.get()[unit]));
        return layer.from(dense).named(operands.node().outputs().get(0));
    }
}
