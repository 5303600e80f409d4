package dev.chainrule.runtime.drawing;

import dev.chainrule.runtime.ParameterLayout;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which units of each layer are drawn, and where: a column a layer. Of a wide layer the first units and the last are drawn.
 *
 * @param layout the network
 * @param shown the units that are drawn, by layer
 * @param height of the tallest column
 */
record Columns(ParameterLayout layout, List<int[]> shown, double height) {
    static final int RADIUS = 27;
    static final int BETWEEN_LAYERS = 265;

    private static final int LEFT = 90;
    private static final int BETWEEN_UNITS = 92;

    /** More in a column are not told apart. */
    private static final int MOST_UNITS = 8;

    static Columns of(ParameterLayout layout) {
        List<int[]> shown = IntStream.rangeClosed(0, layout.layers())
                .mapToObj(layer -> shown(layout.units(layer)))
                .toList();
        int tallest = shown.stream().mapToInt(units -> units.length).max().orElseThrow();
        return new Columns(layout, shown, (tallest - 1) * BETWEEN_UNITS + 2 * RADIUS);
    }

    private static int[] shown(int units) {
        int half = MOST_UNITS / 2;
        return units <= MOST_UNITS
                ? IntStream.range(0, units).toArray()
                : IntStream.concat(IntStream.range(0, half), IntStream.range(units - half, units))
                        .toArray();
    }

    /** The units of a layer that are drawn, from the top down. */
    int[] units(int layer) {
        return shown.get(layer);
    }

    /** How many units of a layer are not drawn; they are missing in the middle of the column. */
    int missing(int layer) {
        return layout.units(layer) - shown.get(layer).length;
    }

    /** The middle of a column. */
    static double x(int layer) {
        return LEFT + layer * BETWEEN_LAYERS;
    }

    /** The middle of the drawn unit number {@code place}, down from the middle of its column. */
    double y(int layer, int place) {
        return (place - (shown.get(layer).length - 1) / 2.0) * BETWEEN_UNITS;
    }

    /** The width of all columns. */
    double width() {
        return x(layout.layers()) + LEFT;
    }
}
