package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.equations.Expression.ONE;

import dev.chainrule.annotations.LayerKind;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Negative;
import dev.chainrule.processor.equations.Expression.Quotient;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.onnx.Origin.Scale;
import dev.chainrule.processor.resources.Quoted;
import dev.chainrule.processor.rules.Activations;
import dev.chainrule.processor.rules.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;

/** Sums, products and the like of what comes from two layers, or of units and a number for each. Messages go on from the name of a node. */
final class GraphOperators {
    private GraphOperators() {}

    /** Add, Sub, Mul or Div. */
    static Value arithmetic(Operands operands, long version) throws OnnxException {
        operands.expect(2, 2, Operators.ofVersion(version, List.of(), Operators.BROADCAST));
        alignment(operands);
        String operator = operands.node().operator();
        if (operator.equals("Add") && DenseOperators.isBias(operands)) {
            return DenseOperators.plusBias(operands);
        }
        boolean isLeft = operands.isConstant(0);
        boolean isRight = operands.isConstant(1);
        if (isLeft != isRight) {
            Constant constant = operands.constant(isLeft ? 0 : 1, "an operand");
            if (!constant.isSingle() && !(operator.equals("Div") && isLeft)) {
                return scaled(operands, constant, isLeft);
            }
        } else if (!isLeft && operands.units(0).origin() != operands.units(1).origin()) {
            return joined(operands);
        }
        return UnitOperators.apply(operands, version);
    }

    /** In operator set 6 an operand may be for other axes than the last ones. */
    private static void alignment(Operands operands) throws OnnxException {
        if (operands.count("axis") > 0 && operands.isConstant(1) && !operands.isConstant(0)) {
            int rank = operands.constant(1, "an operand").shape().rank();
            long axis = operands.integer("axis", 0);
            if (rank > 0
                    && axis >= 0
                    && axis + rank != operands.units(0).shape().rank()) {
                throw new OnnxException(
                        "OnnxShape",
                        "has axis = " + axis + ", by which " + Quoted.of(operands.name(1))
                                + " is not for the last axes; only such operands are known.");
            }
        }
    }

    /** With a number for each unit that training does not change. */
    private static Units scaled(Operands operands, Constant constant, boolean isLeft) throws OnnxException {
        String operator = operands.node().operator();
        Units any = operands.anyUnits();
        List<Long> sizes = constant.shape().sizes();
        Units units = any.ofWidth(sizes.get(sizes.size() - 1));
        double[] numbers = operands.perUnit(constant, units);
        Origin scaled = switch (operator) {
            case "Add" -> shifted(units, negated(numbers));
            case "Sub" -> isLeft ? times(shifted(units, numbers), filled(numbers.length, -1)) : shifted(units, numbers);
            case "Mul" -> times(scale(units), numbers);
            default -> times(scale(units), inverse(constant, numbers));
        };
        return units.from(scaled).named(operands.node().outputs().get(0));
    }

    /** The scale that units are of, or one that does nothing yet. */
    private static Scale scale(Units units) throws OnnxException {
        return units.areZ() && units.origin() instanceof Scale scale
                ? scale
                : Origin.scale(units.signal(), new double[(int) units.width()], filled((int) units.width(), 1));
    }

    /** Less a number for each unit, which a scale takes from what it reads, if that can be. */
    static Scale shifted(Units units, double[] numbers) throws OnnxException {
        Scale scale = scale(units);
        double[] shift =
                each(scale.shift(), each(numbers, scale.scale(), (number, factor) -> number / factor), Double::sum);
        return Arrays.stream(shift).allMatch(Double::isFinite)
                ? Origin.scale(scale.before(), shift, scale.scale())
                : Origin.scale(units.signal(), numbers, filled(numbers.length, 1));
    }

    static Scale times(Scale scale, double[] numbers) throws OnnxException {
        double[] product = each(scale.scale(), numbers, (a, b) -> a * b);
        return Arrays.stream(product).allMatch(Double::isFinite)
                ? Origin.scale(scale.before(), scale.shift(), product)
                : Origin.scale(Signal.of(scale), new double[numbers.length], numbers);
    }

    static double[] negated(double[] numbers) {
        return Arrays.stream(numbers).map(number -> -number).toArray();
    }

    private static double[] inverse(Constant constant, double[] numbers) throws OnnxException {
        double[] inverse = Arrays.stream(numbers).map(number -> 1 / number).toArray();
        if (!Arrays.stream(inverse).allMatch(Double::isFinite)) {
            throw new OnnxException(
                    "OnnxTensor", "divides by " + Quoted.of(constant.name()) + ", of which a number is 0.");
        }
        return inverse;
    }

    private static double[] filled(int length, double value) {
        double[] filled = new double[length];
        Arrays.fill(filled, value);
        return filled;
    }

    private static double[] each(double[] left, double[] right, DoubleBinaryOperator operator) {
        double[] each = new double[left.length];
        for (int i = 0; i < each.length; i++) {
            each[i] = operator.applyAsDouble(left[i], right[i]);
        }
        return each;
    }

    /** Of values that are not functions of the same z. */
    private static Units joined(Operands operands) throws OnnxException {
        Units left = operands.units(0);
        Units right = operands.units(1);
        if (!left.shape().equals(right.shape())) {
            left = left.width() == 1 ? spread(operands, left, right) : left;
            right = right.width() == 1 ? spread(operands, right, left) : right;
        }
        if (!left.shape().equals(right.shape()) || left.isOneRecord() != right.isOneRecord()) {
            throw new OnnxException("OnnxShape", "joins " + left + " and " + right + "; the shapes must be the same.");
        }
        if (left.type() != right.type()) {
            throw new OnnxException(
                    "OnnxType",
                    "joins " + left + " of type " + left.type() + " and " + right + " of type " + right.type()
                            + "; the two must be the same.");
        }
        return switch (operands.node().operator()) {
            case "Add" -> of(operands, LayerKind.ADD, left, right);
            case "Sub" -> of(operands, LayerKind.ADD, left, with(right, new Negative(right.function()), operands));
            case "Mul" -> of(operands, LayerKind.MULTIPLY, left, right);
            default ->
                of(operands, LayerKind.MULTIPLY, left, with(right, new Quotient(ONE, right.function()), operands));
        };
    }

    private static Units with(Units units, Expression function, Operands operands) {
        return units.with(function, units.letters(), operands.node());
    }

    private static Units of(Operands operands, LayerKind kind, Units left, Units right) throws OnnxException {
        return left.from(Origin.pointwise(kind, List.of(left.signal(), right.signal())))
                .named(operands.node().outputs().get(0));
    }

    /** One number of a record as that of each unit. */
    private static Units spread(Operands operands, Units units, Units over) throws OnnxException {
        long width = over.width();
        boolean isInside = over.shape().rank() >= units.shape().rank()
                && over.isOneRecord() == units.isOneRecord()
                && over.records() == units.records()
                && width > 0
                && width <= Network.MOST_UNITS;
        return isInside ? operands.picked(units, new int[(int) width], over.ofRecord()) : units;
    }

    /** Values of several sources side by side. */
    static Units concatenated(Operands operands) throws OnnxException {
        List<Units> all = new ArrayList<>();
        for (int input = 0; input < operands.node().inputs().size(); input++) {
            all.add(operands.units(input));
        }
        Units first = all.get(0);
        long axis = operands.integer("axis", 1);
        int along = Math.toIntExact(axis < 0 ? axis + first.shape().rank() : axis);
        List<Signal> signals = new ArrayList<>();
        long width = 0;
        for (Units units : all) {
            boolean isRow = units.isOneRecord() == first.isOneRecord()
                    && units.shape().rank() == first.shape().rank()
                    && along >= units.firstAxis()
                    && along < units.shape().rank()
                    && units.width() != Shape.OPEN
                    && units.width() == units.shape().size(along)
                    && units.records() == first.records()
                    && units.type() == first.type();
            if (!isRow) {
                throw new OnnxException(
                        "OnnxShape",
                        "puts " + units + " side by side with " + first + " along axis " + axis
                                + "; known is that of the numbers of a record, [records, units].");
            }
            signals.addAll(units.signal().pieces());
            width += units.width();
        }
        if (width > Network.MOST_UNITS) {
            throw new OnnxException(
                    "UnitsOutOfRange", "makes " + width + " units; a layer has at most " + Network.MOST_UNITS + ".");
        }
        if (all.size() == 1) {
            return first.named(operands.node().outputs().get(0));
        }
        List<Long> sizes = new ArrayList<>(first.ofRecord());
        sizes.set(along - first.firstAxis(), width);
        return first.from(Origin.joined(signals), sizes)
                .named(operands.node().outputs().get(0));
    }

    /** Batch normalisation by numbers that training has left: a scale. */
    static Units batchNormalization(Operands operands, long version) throws OnnxException {
        operands.expect(
                5,
                5,
                Operators.ofVersion(
                        version, List.of("epsilon", "momentum", "spatial", "training_mode"), List.of("is_test")));
        if (operands.integer("training_mode", 0) != 0 || version < 7 && operands.integer("is_test", 0) == 0) {
            throw new OnnxException("OnnxOperator", "is in training mode; export the model for inference.");
        }
        Units any = operands.units(0);
        Constant mean = operands.constant(3, "means");
        Units units = any.ofWidth(mean.length());
        double[] means = channels(operands, 3, units);
        double[] factors = channels(operands, 1, units);
        double[] terms = channels(operands, 2, units);
        double[] variances = channels(operands, 4, units);
        double epsilon = operands.real("epsilon", 1e-5f);
        double[] scale = each(factors, variances, (factor, variance) -> factor / Math.sqrt(variance + epsilon));
        if (!Arrays.stream(scale).allMatch(Double::isFinite)) {
            throw new OnnxException("OnnxTensor", "divides by a variance that is no positive number.");
        }
        Origin normalised = Origin.scale(units.signal(), means, scale);
        return units.from(shifted(units.from(normalised), negated(terms)))
                .named(operands.node().outputs().get(0));
    }

    /** A number for each unit, from one for each place on the first axis of a record. */
    private static double[] channels(Operands operands, int input, Units units) throws OnnxException {
        Constant constant = operands.constant(input, "numbers of channels");
        Long[] sizes = new Long[units.ofRecord().size()];
        Arrays.fill(sizes, 1L);
        if (sizes.length == 0 || constant.shape().rank() != 1) {
            throw new OnnxException(
                    "OnnxShape", "takes " + constant + " for " + units + "; expected a number for each channel.");
        }
        sizes[0] = (long) constant.length();
        return operands.perUnit(constant.shaped(sizes), units);
    }

    /** The sum over all numbers of a record, each times a factor, for each of them. */
    static Units sum(Units units, double each) throws OnnxException {
        Origin sum = Origin.dense(units.signal(), Matrix.adding((int) units.width(), each), Optional.empty());
        return units.from(Picking.of(sum, new int[(int) units.width()]));
    }

    /** Units times others of the same shape. */
    static Units product(Units left, Units right) throws OnnxException {
        return left.from(Origin.pointwise(LayerKind.MULTIPLY, List.of(left.signal(), right.signal())));
    }

    /** Divided by the square root of the mean of squares, after the mean is taken off: layer normalisation. */
    static Units layerNormalization(Operands operands) throws OnnxException {
        operands.expect(2, 3, "axis", "epsilon", "stash_type");
        Units units = operands.units(0);
        long axis = operands.integer("axis", -1);
        boolean isLast = axis == -1 || axis == units.shape().rank() - 1;
        long last = units.ofRecord().isEmpty()
                ? 1
                : units.shape().size(units.shape().rank() - 1);
        if (!isLast || units.width() == Shape.OPEN || units.width() != last) {
            throw new OnnxException(
                    "OnnxShape",
                    "normalises " + units + " from axis " + axis + "; known is the last axis of [records, units].");
        }
        double epsilon = operands.real("epsilon", 1e-5f);
        double share = 1.0 / units.width();
        Node node = operands.node();
        Units mean = sum(units, share);
        Units less = mean.with(new Negative(Activations.Z), mean.letters(), node);
        Units centred = units.from(Origin.pointwise(LayerKind.ADD, List.of(units.signal(), less.signal())));
        Units square = centred.with(Expression.product(Activations.Z, Activations.Z), centred.letters(), node);
        Units variance = sum(square, share);
        Expression inverse = new Quotient(
                ONE, Expression.call(Rule.SQRT, Expression.sum(Activations.Z, Expression.constant(epsilon))));
        Units normalised = product(centred, variance.with(inverse, variance.letters(), node));
        double[] factors = operands.perUnit(operands.constant(1, "factors"), normalised);
        Scale scale = times(scale(normalised), factors);
        Units scaled = normalised.from(scale);
        if (operands.has(2)) {
            double[] terms = operands.perUnit(operands.constant(2, "terms"), normalised);
            scaled = scaled.from(shifted(scaled, negated(terms)));
        }
        return scaled.named(node.outputs().get(0));
    }
}
