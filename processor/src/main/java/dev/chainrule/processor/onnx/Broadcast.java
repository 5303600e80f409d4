package dev.chainrule.processor.onnx;

import dev.chainrule.processor.onnx.Value.Sizes;
import dev.chainrule.processor.resources.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which numbers of a model go with which units. */
final class Broadcast {
    /** Sizes, axes and places are fewer; what is longer has been made so. */
    private static final int MOST_SIZES = 1_000_000;

    private Broadcast() {}

    /**
     * The place of the number for each unit of a record, the axes of the two counted from the last one and a size of 1 going with
     * any; empty where they do not fit, or where numbers are for some records alone.
     */
    static Optional<int[]> places(Shape constant, Units units) {
        Shape shape = units.shape();
        int ahead = shape.rank() - constant.rank();
        long width = units.width();
        if (ahead < 0 || width < 1 || width > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        int[] places = new int[(int) width];
        int inner = 1;
        int step = 1;
        for (int axis = shape.rank() - 1; axis >= ahead; axis--) {
            long size = constant.size(axis - ahead);
            boolean isOfRecord = axis >= units.firstAxis();
            if (size != 1 && (size != shape.size(axis) || !isOfRecord)) {
                return Optional.empty();
            }
            if (size != 1) {
                for (int unit = 0; unit < places.length; unit++) {
                    places[unit] += (int) (unit / inner % size) * step;
                }
                step *= (int) size;
            }
            inner *= isOfRecord ? (int) shape.size(axis) : 1;
        }
        return Optional.of(places);
    }

    /** Numbers as sizes, axes or places. */
    static Sizes sizes(Constant constant) throws OnnxException {
        boolean isInteger = constant.type() == DataType.INT64 || constant.type() == DataType.INT32;
        if (!isInteger || constant.shape().rank() > 1 || constant.length() > MOST_SIZES) {
            throw new OnnxException(
                    "OnnxShape",
                    "takes " + Quoted.of(constant.name()) + " of shape " + constant.shape() + " of type "
                            + constant.type() + "; expected a list of integers.");
        }
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < constant.length(); i++) {
            sizes.add((long) constant.number(i));
        }
        return new Sizes(sizes, constant.shape().rank() == 0);
    }
}
