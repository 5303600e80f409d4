package dev.chainrule.processor.onnx;

/** The operators that exporters write activations with, and the bias of a layer. Messages go on from the name of a node. */
final class ArithmeticOperators {
    private ArithmeticOperators() {}

    /** {@code A + B}: the bias of a layer, or a part of an activation. */
    static Units add(Operands operands) throws OnnxException {
        operands.expect(2, 2);
        if (!operands.isConstant(0) && !operands.isConstant(1)) {
            Units left = operands.units(0);
            return left.with(left.function().plus(joined(operands).function()), operands.node());
        }
        int other = operands.isConstant(0) ? 1 : 0;
        Units units = operands.units(other);
        Constant constant = operands.constant(1 - other, "a term");
        boolean isBias = units.function().equals(UnitFunction.Z)
                && units.layer().filter(layer -> layer.bias().isEmpty()).isPresent();
        return isBias
                ? DenseOperators.plusBias(operands, units, constant)
                : units.with(units.function().plus(single(operands, 1 - other, units)), operands.node());
    }

    /** {@code A * B}. */
    static Units multiply(Operands operands) throws OnnxException {
        operands.expect(2, 2);
        if (!operands.isConstant(0) && !operands.isConstant(1)) {
            Units left = operands.units(0);
            return left.with(left.function().times(joined(operands).function()), operands.node());
        }
        int other = operands.isConstant(0) ? 1 : 0;
        Units units = operands.units(other);
        return units.with(units.function().times(single(operands, 1 - other, units)), operands.node());
    }

    /** {@code A / B} for a constant B. */
    static Units divide(Operands operands) throws OnnxException {
        operands.expect(2, 2);
        Units units = operands.units(0);
        double divisor = operands.number(1, "the divisor", units.type());
        return units.with(units.function().times(UnitFunction.constant(1 / divisor)), operands.node());
    }

    /** {@code A^B} for B = 2 or 3. */
    static Units power(Operands operands) throws OnnxException {
        operands.expect(2, 2);
        Units units = operands.units(0);
        double exponent = operands.number(1, "the exponent");
        if (exponent != 2 && exponent != 3) {
            throw new OnnxException("OnnxOperator", "has the exponent " + exponent + "; known are 2 and 3.");
        }
        UnitFunction function = units.function();
        UnitFunction square = function.times(function);
        return units.with(exponent == 2 ? square : square.times(function), operands.node());
    }

    private static UnitFunction single(Operands operands, int input, Units units) throws OnnxException {
        return UnitFunction.constant(operands.number(input, "an operand", units.type()));
    }

    /** The second operand, of the same z as the first. */
    private static Units joined(Operands operands) throws OnnxException {
        Units left = operands.units(0);
        Units right = operands.units(1);
        if (!left.haveLayerOf(right)) {
            throw new OnnxException(
                    "OnnxBranch",
                    "joins \"" + operands.name(0) + "\" of " + left.origin() + " and \"" + operands.name(1) + "\" of "
                            + right.origin() + "; a network is one chain of layers without branches.");
        }
        if (!left.shape().equals(right.shape())) {
            throw new OnnxException("OnnxShape", "joins " + left + " and " + right + "; the shapes must be the same.");
        }
        return right;
    }
}
