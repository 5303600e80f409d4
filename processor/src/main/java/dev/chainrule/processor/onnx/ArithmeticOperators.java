package dev.chainrule.processor.onnx;

import dev.chainrule.processor.resources.Quoted;
import java.util.Optional;

/** The operators that exporters write activations with, and the bias of a layer. Messages go on from the name of a node. */
final class ArithmeticOperators {
    private ArithmeticOperators() {}

    /** {@code A + B}: the bias of a layer, or a part of an activation. */
    static Units add(Operands operands) throws OnnxException {
        operands.expect(2, 2);
        if (!operands.isConstant(0) && !operands.isConstant(1)) {
            Units left = operands.units(0);
            return operands.result(left, sum(left.function(), joined(operands).function()));
        }
        int other = operands.isConstant(0) ? 1 : 0;
        Units units = operands.units(other);
        Constant constant = operands.constant(1 - other, "a term");
        boolean isBias = units.areZ()
                && units.layer().filter(layer -> layer.bias().isEmpty()).isPresent();
        return isBias
                ? DenseOperators.plusBias(operands, units, constant)
                : operands.result(units, sum(units.function(), single(operands, 1 - other, units)));
    }

    /** {@code A * B}. */
    static Units multiply(Operands operands) throws OnnxException {
        operands.expect(2, 2);
        if (!operands.isConstant(0) && !operands.isConstant(1)) {
            Units left = operands.units(0);
            return operands.result(
                    left, product(left.function(), joined(operands).function()));
        }
        int other = operands.isConstant(0) ? 1 : 0;
        Units units = operands.units(other);
        return operands.result(units, product(units.function(), single(operands, 1 - other, units)));
    }

    /** {@code A / B}. */
    static Units divide(Operands operands) throws OnnxException {
        if (operands.expect(2, 2).isConstant(0) || !operands.isConstant(1)) {
            return ofFormula(operands, 2);
        }
        Units units = operands.units(0);
        double divisor = operands.number(1, "the divisor", units.type());
        return operands.result(units, product(units.function(), Optional.of(UnitFunction.constant(1 / divisor))));
    }

    /** {@code A^B} for B = 2 or 3. */
    static Units power(Operands operands) throws OnnxException {
        operands.expect(2, 2);
        Units units = operands.units(0);
        double exponent = operands.number(1, "the exponent");
        if (exponent != 2 && exponent != 3) {
            throw new OnnxException("OnnxOperator", "has the exponent " + exponent + "; known are 2 and 3.");
        }
        Optional<UnitFunction> function = units.function();
        Optional<UnitFunction> square = product(function, function);
        return operands.result(units, exponent == 2 ? square : product(square, function));
    }

    /** An operator of one or two operands that has a part in a {@link Formula} alone. */
    static Units ofFormula(Operands operands, int count) throws OnnxException {
        operands.expect(count, count);
        int first = count == 2 && operands.isConstant(0) ? 1 : 0;
        Units units = operands.units(first);
        if (count == 2 && operands.isConstant(1 - first)) {
            single(operands, 1 - first, units);
        } else if (count == 2) {
            joined(operands);
        }
        return operands.result(units, Optional.empty());
    }

    private static Optional<UnitFunction> sum(Optional<UnitFunction> left, Optional<UnitFunction> right)
            throws OnnxException {
        return left.isEmpty() || right.isEmpty()
                ? Optional.empty()
                : Optional.of(left.get().plus(right.get()));
    }

    private static Optional<UnitFunction> product(Optional<UnitFunction> left, Optional<UnitFunction> right)
            throws OnnxException {
        return left.isEmpty() || right.isEmpty()
                ? Optional.empty()
                : Optional.of(left.get().times(right.get()));
    }

    private static Optional<UnitFunction> single(Operands operands, int input, Units units) throws OnnxException {
        return Optional.of(UnitFunction.constant(operands.number(input, "an operand", units.type())));
    }

    /** The second operand, of the same z as the first. */
    private static Units joined(Operands operands) throws OnnxException {
        Units left = operands.units(0);
        Units right = operands.units(1);
        if (!left.haveLayerOf(right)) {
            throw new OnnxException(
                    "OnnxBranch",
                    "joins " + Quoted.of(operands.name(0)) + " of " + left.origin() + " and "
                            + Quoted.of(operands.name(1)) + " of " + right.origin()
                            + "; a network is one chain of layers without branches.");
        }
        if (!left.shape().equals(right.shape())) {
            throw new OnnxException("OnnxShape", "joins " + left + " and " + right + "; the shapes must be the same.");
        }
        return right;
    }
}
