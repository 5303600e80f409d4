package dev.chainrule.processor.onnx;

import dev.chainrule.processor.resources.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The operators that leave numbers as they are. Messages go on from the name of a node. */
final class ShapeOperators {
    private static final String SHAPE = "OnnxShape";

    private static final int MOST_SIZES_SHOWN = 8;

    private ShapeOperators() {}

    static Value identity(Operands operands) throws OnnxException {
        return operands.expect(1, 1).value(0);
    }

    /** Outside of training, when it does nothing. */
    static Value dropout(Operands operands, long version) throws OnnxException {
        operands.expect(1, 3, Operators.ofVersion(version, List.of("ratio", "seed"), List.of("is_test")));
        boolean isTraining = version < 7 && operands.integer("is_test", 0) == 0;
        if (isTraining || operands.has(2) && operands.number(2, "training_mode") != 0) {
            throw new OnnxException("OnnxOperator", "is in training mode; export the model for inference.");
        }
        return operands.value(0);
    }

    /** To the type that the numbers have, or of a single number to another one. */
    static Value cast(Operands operands) throws OnnxException {
        operands.expect(1, 1, "to", "saturate", "round_mode");
        DataType to = DataType.of(operands.integer("to", 0));
        if (operands.value(0) instanceof Value.Label || operands.value(0) instanceof Value.Sizes) {
            return operands.value(0);
        }
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

    /** Of a matrix of numbers. */
    static Value transpose(Operands operands) throws OnnxException {
        operands.expect(1, 1, "perm");
        Constant constant = operands.constant(0, "a matrix");
        Optional<Constant> order = operands.list("perm", Attribute.Type.INTS);
        boolean isSwap = order.isEmpty()
                || order.get().length() == 2
                        && order.get().number(0) == 1
                        && order.get().number(1) == 0;
        if (constant.shape().rank() != 2 || !isSwap) {
            throw new OnnxException(SHAPE, "transposes " + constant + "; known is that of rows and columns.");
        }
        return constant.transposed();
    }

    static Value flatten(Operands operands) throws OnnxException {
        operands.expect(1, 1, "axis");
        Units units = operands.units(0);
        long axis = operands.integer("axis", 1);
        int rank = units.shape().rank();
        if (units.isOneRecord() ? axis != 0 : axis != 1 && axis != 1 - rank) {
            throw new OnnxException(
                    SHAPE, "flattens " + units + " from axis " + axis + "; only axis 1 leaves each record by itself.");
        }
        return units.shaped(new Shape(List.of(units.records(), units.width())), false);
    }

    /** To another shape in which each record is by itself, or in which there is one record alone. */
    static Value reshape(Operands operands) throws OnnxException {
        operands.expect(2, 2, "allowzero");
        if (operands.value(0) == Value.Label.LABEL) {
            return Value.Label.LABEL;
        }
        Units units = operands.units(0);
        List<Long> target = operands.sizes(1, "the shape").sizes();
        boolean zeroCopies = operands.integer("allowzero", 0) == 0;
        List<Long> sizes = new ArrayList<>();
        for (int axis = 0; axis < target.size(); axis++) {
            boolean isCopy =
                    target.get(axis) == 0 && zeroCopies && axis < units.shape().rank();
            boolean isOfRecords = isCopy && axis == 0 && !units.isOneRecord();
            sizes.add(isOfRecords ? Value.Sizes.RECORDS : isCopy ? units.shape().size(axis) : target.get(axis));
        }
        return reshaped(units, sizes)
                .orElseThrow(
                        () -> new OnnxException(
                                SHAPE,
                                "reshapes " + units + " to "
                                        + target.stream()
                                                .limit(MOST_SIZES_SHOWN)
                                                .map(size -> size == Value.Sizes.RECORDS ? "?" : size.toString())
                                                .collect(Collectors.joining(", ", "[", "]"))
                                        + "; only what leaves the numbers of a record together, as [-1, its numbers], is known."));
    }

    private static Optional<Units> reshaped(Units units, List<Long> sizes) {
        long width = units.width();
        long first = sizes.isEmpty() ? 1 : sizes.get(0);
        List<Long> others = sizes.subList(Math.min(1, sizes.size()), sizes.size());
        boolean isRecords = first == Value.Sizes.RECORDS || first > 0 && first == units.records();
        if (isRecords || first == Shape.OPEN) {
            Optional<List<Long>> ofRecord = ofNumbers(others, width, isRecords);
            if (ofRecord.isPresent()) {
                List<Long> all = new ArrayList<>(ofRecord.get());
                all.add(0, units.records());
                return Optional.of(units.shaped(new Shape(all), false));
            }
        }
        // Rows of a record, one after the other; also those of several records
        boolean areRows = first == Shape.OPEN && width != Shape.OPEN || units.records() == 1 && sizes.size() == 1;
        return areRows
                ? ofNumbers(sizes, width, true).map(all -> units.shaped(new Shape(all), true))
                : Optional.empty();
    }

    /** These sizes, if they are of so many numbers; one that is -1 may be what is left for it. */
    private static Optional<List<Long>> ofNumbers(List<Long> sizes, long numbers, boolean canBeFound) {
        int open = sizes.indexOf(Shape.OPEN);
        if (open < 0) {
            boolean fits = numbers != Shape.OPEN && new Shape(sizes).numbersFrom(0) == numbers;
            return fits ? Optional.of(sizes) : Optional.empty();
        }
        List<Long> all = new ArrayList<>(sizes);
        all.set(open, 1L);
        long others = new Shape(all).numbersFrom(0);
        if (!canBeFound || others < 1 || numbers == Shape.OPEN && sizes.size() > 1 || numbers % others != 0) {
            return Optional.empty();
        }
        all.set(open, numbers / others);
        return Optional.of(all);
    }

    /** Axes of size 1 less. */
    static Value squeeze(Operands operands, long version) throws OnnxException {
        List<Long> axes = axes(operands, version, 1);
        if (operands.value(0) instanceof Value.Sizes sizes && sizes.sizes().size() == 1) {
            return new Value.Sizes(sizes.sizes(), true);
        }
        Units units = operands.units(0);
        Shape shape = units.shape();
        List<Long> sizes = new ArrayList<>();
        boolean isRecordDropped = false;
        for (int axis = 0; axis < shape.rank(); axis++) {
            boolean isNamed = axes.contains((long) axis) || axes.contains((long) axis - shape.rank());
            boolean isDropped = axes.isEmpty() ? shape.size(axis) == 1 : isNamed;
            if (isDropped && shape.size(axis) != 1) {
                throw new OnnxException(SHAPE, "drops axis " + axis + " of " + units + ", which is not of size 1.");
            }
            isRecordDropped |= isDropped && axis == 0 && !units.isOneRecord();
            if (!isDropped) {
                sizes.add(shape.size(axis));
            }
        }
        return units.shaped(new Shape(sizes), units.isOneRecord() || isRecordDropped);
    }

    /** Axes of size 1 more. */
    static Value unsqueeze(Operands operands, long version) throws OnnxException {
        List<Long> axes = axes(operands, version, 2);
        if (operands.value(0) instanceof Value.Sizes sizes) {
            return new Value.Sizes(sizes.sizes(), false);
        }
        Units units = operands.units(0);
        int rank = units.shape().rank() + axes.size();
        List<Long> sizes = new ArrayList<>(units.shape().sizes());
        List<Long> sorted = axes.stream()
                .map(axis -> axis < 0 ? axis + rank : axis)
                .sorted()
                .toList();
        for (long axis : sorted) {
            if (axis < units.firstAxis() && !units.isOneRecord() || axis < 0 || axis > sizes.size()) {
                throw new OnnxException(
                        SHAPE,
                        "adds axis " + axis + " to " + units + "; only after the first one it leaves each record"
                                + " by itself.");
            }
            sizes.add((int) axis, 1L);
        }
        boolean isRecordAdded = units.isOneRecord() && sorted.contains(0L);
        return units.shaped(new Shape(sizes), units.isOneRecord() && !isRecordAdded);
    }

    private static List<Long> axes(Operands operands, long version, int fewest) throws OnnxException {
        boolean isByAttribute = version < 13;
        operands.expect(
                isByAttribute ? 1 : fewest,
                isByAttribute ? 1 : 2,
                isByAttribute ? new String[] {"axes"} : new String[0]);
        if (isByAttribute) {
            Optional<Constant> axes = operands.list("axes", Attribute.Type.INTS);
            return axes.isPresent() ? Broadcast.sizes(axes.get()).sizes() : List.of();
        }
        return operands.has(1) ? operands.sizes(1, "axes").sizes() : List.of();
    }

    /** The sizes of a value. */
    static Value shape(Operands operands) throws OnnxException {
        operands.expect(1, 1, "start", "end");
        Units units = operands.units(0);
        List<Long> sizes = new ArrayList<>(units.shape().sizes());
        if (!units.isOneRecord() && units.records() == Shape.OPEN) {
            sizes.set(0, Value.Sizes.RECORDS);
        }
        if (sizes.contains(Shape.OPEN)) {
            throw new OnnxException(SHAPE, "takes the sizes of " + units + ", which the model does not say.");
        }
        long start = operands.integer("start", 0);
        long end = operands.integer("end", sizes.size());
        int from = (int) Math.max(0, Math.min(start < 0 ? start + sizes.size() : start, sizes.size()));
        int to = (int) Math.max(from, Math.min(end < 0 ? end + sizes.size() : end, sizes.size()));
        return new Value.Sizes(sizes.subList(from, to), false);
    }

    /** Sizes one after the other, or units. */
    static Value concat(Operands operands) throws OnnxException {
        operands.expect(1, Integer.MAX_VALUE, "axis");
        boolean isOfUnits = false;
        for (int input = 0; input < operands.node().inputs().size(); input++) {
            isOfUnits |= operands.value(input) instanceof Units;
        }
        if (isOfUnits) {
            return GraphOperators.concatenated(operands);
        }
        List<Long> sizes = new ArrayList<>();
        for (int input = 0; input < operands.node().inputs().size(); input++) {
            sizes.addAll(operands.sizes(input, "sizes").sizes());
        }
        return new Value.Sizes(sizes, false);
    }

    /** The class of a record, or what is looked up by it. */
    static Value label(Operands operands) throws OnnxException {
        operands.value(0);
        return Value.Label.LABEL;
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
