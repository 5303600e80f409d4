package dev.chainrule.runtime.drawing;

import dev.chainrule.runtime.NetworkDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Which units of each layer are drawn, and where: layers that are as many steps from the input share a column, one
 * below the other. Of a wide layer the first units and the last are drawn. Layer 0 is the whole input, a unit for each
 * quantity and category.
 *
 * @param sizes how many units each layer has
 * @param shown the units that are drawn, by layer
 * @param depths the number of the column of each layer
 * @param tops where the first drawn unit of each layer is, down from the top of the tallest column, in units
 * @param slots how many units the tallest column has room for
 */
record Columns(int[] sizes, List<int[]> shown, int[] depths, double[] tops, double slots) {
    static final int RADIUS = 27;
    static final int BETWEEN_LAYERS = 265;

    private static final int LEFT = 90;
    private static final int BETWEEN_UNITS = 92;

    /** Between two layers of a column, in units. */
    private static final double BETWEEN_LAYERS_OF_A_COLUMN = 0.5;

    /** More in a column are not told apart. */
    private static final int MOST_UNITS = 8;

    static Columns of(NetworkDescription description, Sources sources) {
        int layers = description.layers().size();
        int[] sizes = IntStream.rangeClosed(0, layers).map(sources::units).toArray();
        List<int[]> shown = IntStream.of(sizes).mapToObj(Columns::shown).toList();
        int[] depths = new int[layers + 1];
        for (int layer = 1; layer <= layers; layer++) {
            for (Sources.Source source : sources.of(layer)) {
                depths[layer] = Math.max(depths[layer], depths[source.layer()] + 1);
            }
        }
        TreeMap<Integer, List<Integer>> columns = new TreeMap<>();
        for (int layer = 0; layer <= layers; layer++) {
            columns.computeIfAbsent(depths[layer], depth -> new ArrayList<>()).add(layer);
        }
        double slots = columns.values().stream()
                .mapToDouble(column -> slots(column, shown))
                .max()
                .orElseThrow();
        double[] tops = new double[layers + 1];
        for (List<Integer> column : columns.values()) {
            double top = (slots - slots(column, shown)) / 2;
            for (int layer : column) {
                tops[layer] = top;
                top += shown.get(layer).length + BETWEEN_LAYERS_OF_A_COLUMN;
            }
        }
        return new Columns(sizes, shown, depths, tops, slots);
    }

    private static double slots(List<Integer> column, List<int[]> shown) {
        return column.stream().mapToInt(layer -> shown.get(layer).length).sum()
                + (column.size() - 1) * BETWEEN_LAYERS_OF_A_COLUMN;
    }

    private static int[] shown(int units) {
        int half = MOST_UNITS / 2;
        return units <= MOST_UNITS
                ? IntStream.range(0, units).toArray()
                : IntStream.concat(IntStream.range(0, half), IntStream.range(units - half, units))
                        .toArray();
    }

    /** The number of layers after the input. */
    int layers() {
        return sizes.length - 1;
    }

    /** The units of a layer that are drawn, from the top down. */
    int[] units(int layer) {
        return shown.get(layer);
    }

    /** How many units would fit into a layer's column, gaps and all, as it is drawn. */
    int room(int layer) {
        int room = -1;
        for (int other = 0; other < depths.length; other++) {
            room += depths[other] == depths[layer] ? shown.get(other).length + 1 : 0;
        }
        return room;
    }

    /** How many units of a layer are not drawn; they are missing in the middle of its units. */
    int missing(int layer) {
        return sizes[layer] - shown.get(layer).length;
    }

    /** How many columns there are from one layer to another. */
    int steps(int from, int to) {
        return depths[to] - depths[from];
    }

    /** The middle of a layer's column. */
    double x(int layer) {
        return LEFT + depths[layer] * BETWEEN_LAYERS;
    }

    /** The middle of the drawn unit number {@code place}, down from the middle of the tallest column. */
    double y(int layer, double place) {
        return (tops[layer] + place - (slots - 1) / 2) * BETWEEN_UNITS;
    }

    /** The middle of a layer's drawn units. */
    double middle(int layer) {
        return y(layer, (shown.get(layer).length - 1) / 2.0);
    }

    /** The height of the tallest column. */
    double height() {
        return (slots - 1) * BETWEEN_UNITS + 2 * RADIUS;
    }

    /** The width of all columns. */
    double width() {
        return LEFT + IntStream.of(depths).max().orElseThrow() * BETWEEN_LAYERS + LEFT;
    }
}
