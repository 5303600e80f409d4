package dev.chainrule.processor.onnx;

import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.onnx.Value.Sizes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** The operators that take some of a record's numbers, or of sizes. Messages go on from the name of a node. */
final class AxisOperators {
    private static final String SHAPE = "OnnxShape";

    private AxisOperators() {}

    /** Numbers at some places of an axis. */
    static Value gather(Operands operands) throws OnnxException {
        operands.expect(2, 2, "axis");
        Sizes places = operands.sizes(1, "places");
        long axis = operands.integer("axis", 0);
        if (operands.value(0) instanceof Sizes sizes) {
            List<Long> picked = new ArrayList<>();
            for (int place : places(places.sizes(), sizes.sizes().size())) {
                picked.add(sizes.sizes().get(place));
            }
            return new Sizes(picked, places.isSingle());
        }
        Units units = operands.units(0);
        int along = axis(units, axis);
        return picked(
                operands, units, along, places(places.sizes(), units.shape().size(along)), places.isSingle());
    }

    /** Numbers at some places of the last axis. */
    static Value extracted(Operands operands) throws OnnxException {
        Units units = operands.units(0);
        int along = axis(units, -1);
        Constant constant = operands.constant(1, "places");
        List<Long> places =
                Broadcast.sizes(constant.shaped((long) constant.length())).sizes();
        return picked(operands, units, along, places(places, units.shape().size(along)), false);
    }

    /** Numbers from one place of an axis to another. */
    static Value slice(Operands operands, long version) throws OnnxException {
        boolean isByAttributes = version < 10;
        operands.expect(
                isByAttributes ? 1 : 3,
                isByAttributes ? 1 : 5,
                isByAttributes ? new String[] {"starts", "ends", "axes"} : new String[0]);
        List<Long> starts = isByAttributes
                ? list(operands, "starts")
                : operands.sizes(1, "starts").sizes();
        List<Long> ends = isByAttributes
                ? list(operands, "ends")
                : operands.sizes(2, "ends").sizes();
        List<Long> axes = isByAttributes
                ? list(operands, "axes")
                : operands.has(3) ? operands.sizes(3, "axes").sizes() : List.of();
        List<Long> steps =
                !isByAttributes && operands.has(4) ? operands.sizes(4, "steps").sizes() : List.of();
        boolean isComplete = ends.size() == starts.size()
                && (axes.isEmpty() || axes.size() == starts.size())
                && (steps.isEmpty() || steps.size() == starts.size());
        if (!isComplete) {
            throw new OnnxException(SHAPE, "has " + starts.size() + " starts, and not as many ends, axes and steps.");
        }
        if (operands.value(0) instanceof Sizes sizes) {
            List<Long> all = sizes.sizes();
            for (int i = 0; i < starts.size(); i++) {
                List<Long> picked = new ArrayList<>();
                for (int place : range(starts.get(i), ends.get(i), steps.isEmpty() ? 1 : steps.get(i), all.size())) {
                    picked.add(all.get(place));
                }
                all = picked;
            }
            return new Sizes(all, false);
        }
        Units units = operands.units(0);
        for (int i = 0; i < starts.size(); i++) {
            long axis = axes.isEmpty() ? i : axes.get(i);
            boolean isAll =
                    starts.get(i) == 0 && ends.get(i) >= Integer.MAX_VALUE && (steps.isEmpty() || steps.get(i) == 1);
            if (!isAll || axis != 0 || units.isOneRecord()) {
                int along = axis(units, axis);
                long step = steps.isEmpty() ? 1 : steps.get(i);
                units = picked(
                        operands,
                        units,
                        along,
                        range(starts.get(i), ends.get(i), step, units.shape().size(along)),
                        false);
            }
        }
        return units.named(operands.node().outputs().get(0));
    }

    private static List<Long> list(Operands operands, String name) throws OnnxException {
        var list = operands.list(name, Attribute.Type.INTS);
        return list.isEmpty() ? List.of() : Broadcast.sizes(list.get()).sizes();
    }

    /** Parts that follow each other along an axis. */
    static List<Value> split(Operands operands, long version) throws OnnxException {
        operands.expect(1, version < 13 ? 1 : 2, "axis", version < 13 ? "split" : "num_outputs");
        Units units = operands.units(0);
        int along = axis(units, operands.integer("axis", 0));
        long size = units.shape().size(along);
        int count = operands.node().outputs().size();
        List<Long> lengths = version < 13
                ? list(operands, "split")
                : operands.has(1) ? operands.sizes(1, "lengths").sizes() : List.of();
        if (lengths.isEmpty()) {
            // All of a length but the last one, which may be shorter
            long length = (size + count - 1) / count;
            lengths = LongStream.range(0, count)
                    .mapToObj(i -> Math.max(0, Math.min(length, size - i * length)))
                    .toList();
        }
        if (lengths.size() != count
                || lengths.stream().anyMatch(length -> length < 1 || length > size)
                || lengths.stream().mapToLong(length -> length).sum() != size) {
            throw new OnnxException(
                    SHAPE,
                    "splits " + units + " along axis " + along + " into " + lengths.size()
                            + " parts, which are not all of it.");
        }
        List<Value> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < count; i++) {
            int to = from + lengths.get(i).intValue();
            parts.add(picked(operands, units, along, range(from, to, 1, size), false)
                    .named(operands.node().outputs().get(i)));
            from = to;
        }
        return parts;
    }

    /** Which axis of a record's numbers it is. */
    private static int axis(Units units, long axis) throws OnnxException {
        long along = axis < 0 ? axis + units.shape().rank() : axis;
        if (along < units.firstAxis() || along >= units.shape().rank() || units.width() == Shape.OPEN) {
            throw new OnnxException(
                    SHAPE,
                    "takes numbers of " + units + " along axis " + axis
                            + "; known is that of the numbers of a record, [records, units].");
        }
        return (int) along;
    }

    private static int[] places(List<Long> given, long size) throws OnnxException {
        int[] places = new int[given.size()];
        for (int i = 0; i < places.length; i++) {
            long place = given.get(i) < 0 ? given.get(i) + size : given.get(i);
            if (place < 0 || place >= size) {
                throw new OnnxException(SHAPE, "takes the number " + given.get(i) + " of " + size + ".");
            }
            places[i] = (int) place;
        }
        return places;
    }

    private static int[] range(long start, long end, long step, long size) throws OnnxException {
        if (step == 0) {
            throw new OnnxException(SHAPE, "has the step 0.");
        }
        long from = within(start < 0 ? start + size : start, step > 0 ? 0 : 0, step > 0 ? size : size - 1);
        long to = within(end < 0 ? end + size : end, step > 0 ? 0 : -1, size);
        List<Integer> places = new ArrayList<>();
        for (long place = from; step > 0 ? place < to : place > to; place += step) {
            places.add((int) place);
        }
        return places.stream().mapToInt(place -> place).toArray();
    }

    private static long within(long value, long least, long greatest) {
        return Math.max(least, Math.min(value, greatest));
    }

    /** Of all other axes all numbers. */
    private static Units picked(Operands operands, Units units, int along, int[] places, boolean isDropped)
            throws OnnxException {
        List<Long> sizes = new ArrayList<>(units.ofRecord());
        int axis = along - units.firstAxis();
        int inner = (int) units.shape().numbersFrom(along + 1);
        int size = (int) units.shape().size(along);
        int outer = (int) (units.width() / ((long) inner * size));
        long width = (long) outer * places.length * inner;
        if (width < 1 || width > Network.MOST_UNITS) {
            throw new OnnxException(
                    "UnitsOutOfRange", "takes " + width + " numbers; a layer has 1 to " + Network.MOST_UNITS + ".");
        }
        int[] picks = new int[(int) width];
        for (int i = 0; i < picks.length; i++) {
            picks[i] = (i / inner / places.length * size + places[i / inner % places.length]) * inner + i % inner;
        }
        if (isDropped) {
            sizes.remove(axis);
        } else {
            sizes.set(axis, (long) places.length);
        }
        return operands.picked(units, picks, sizes);
    }
}
