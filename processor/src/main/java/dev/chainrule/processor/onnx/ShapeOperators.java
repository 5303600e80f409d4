package dev.chainrule.processor.onnx;

import dev.chainrule.processor.resources.Quoted;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The operators that leave numbers as they are. Messages go on from the name of a node. */
final class ShapeOperators {
    private static final String SHAPE = "OnnxShape";

    private static final int MOST_SIZES_SHOWN = 8;

    private ShapeOperators() {}

    static Value identity(Operands operands) throws OnnxException {
        return operands.expect(1, 1).value(0);
    }

    /** Outside of training, when it does nothing. */
    static Value dropout(Operands operands) throws OnnxException {
        operands.expect(1, 3, "ratio", "seed");
        if (operands.has(2) && operands.number(2, "training_mode") != 0) {
            throw new OnnxException("OnnxOperator", "is in training mode; export the model for inference.");
        }
        return operands.value(0);
    }

    /** To the type that the numbers have, or of a single number to another one. */
    static Value cast(Operands operands) throws OnnxException {
        operands.expect(1, 1, "to", "saturate", "round_mode");
        DataType to = DataType.of(operands.integer("to", 0));
        if (operands.value(0) instanceof Units units) {
            if (units.type() != to) {
                throw changesType(operands, units.type(), to);
            }
            return units;
        }
        Constant constant = operands.constant(0, "numbers");
        if (constant.type() == to) {
            return operands.value(0);
        }
        if (!constant.isSingle() || !to.isReal()) {
            throw changesType(operands, constant.type(), to);
        }
        return constant.as(to);
    }

    private static OnnxException changesType(Operands operands, DataType from, DataType to) {
        return new OnnxException(
                "OnnxType",
                "changes " + Quoted.of(operands.name(0)) + " of type " + from + " to " + to
                        + "; a network is of one type, float or double, from input to output.");
    }

    static Units flatten(Operands operands) throws OnnxException {
        Units units = operands.expect(1, 1, "axis").units(0);
        long axis = operands.integer("axis", 1);
        int rank = units.shape().rank();
        if (axis != 1 && axis != 1 - rank) {
            throw new OnnxException(
                    SHAPE, "flattens " + units + " from axis " + axis + "; only axis 1 leaves each record by itself.");
        }
        return flat(units);
    }

    private static Units flat(Units units) {
        Shape shape = units.shape();
        return units.shaped(new Shape(List.of(shape.size(0), shape.numbersFrom(1))));
    }

    /** To the shape that {@link #flatten} gives. */
    static Units reshape(Operands operands) throws OnnxException {
        Units units = operands.expect(2, 2, "allowzero").units(0);
        Constant target = operands.constant(1, "the shape");
        boolean zeroCopies = operands.integer("allowzero", 0) == 0;
        if (target.type() == DataType.INT64
                && target.length() == 2
                && target.shape().rank() == 1) {
            Shape shape = units.shape();
            long numbers = shape.numbersFrom(1);
            long records = (long) target.number(0);
            long width = (long) target.number(1);
            boolean isSameWidth =
                    numbers != Shape.OPEN && width == numbers || zeroCopies && width == 0 && shape.rank() == 2;
            boolean isSameRecords = zeroCopies && records == 0 || records > 0 && records == shape.size(0);
            if (isSameRecords && (isSameWidth || width == -1) || records == -1 && isSameWidth) {
                return flat(units);
            }
        }
        String sizes = IntStream.range(0, Math.min(target.length(), MOST_SIZES_SHOWN))
                .mapToObj(i -> String.valueOf((long) target.number(i)))
                .collect(Collectors.joining(", "));
        throw new OnnxException(
                SHAPE,
                "reshapes " + units + " to [" + sizes + "]; only what flattens each record, to [-1, its numbers], is"
                        + " known.");
    }

    /** A node without inputs. */
    static Tensor constant(Operands operands) throws OnnxException {
        operands.expect(0, 0, "value", "value_float", "value_int", "value_floats", "value_ints");
        List<Attribute> attributes = operands.node().attributes();
        if (attributes.size() != 1) {
            throw new OnnxException("OnnxOperator", "has " + attributes.size() + " values; expected one.");
        }
        return attributes.get(0).value();
    }
}
