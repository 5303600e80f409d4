package dev.chainrule.runtime.drawing;

import dev.chainrule.runtime.InputDescription;
import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.LayerDescription.Kind;
import dev.chainrule.runtime.NetworkDescription;
import java.util.ArrayList;
import java.util.List;

/**
 * What the layers of a network read, by number: layer 0 is the whole input, a unit for each quantity and category.
 *
 * @param description of the network
 */
record Sources(NetworkDescription description) {
    /**
     * Units of a layer, or of a part of the input, that another one reads.
     *
     * @param layer its number
     * @param first of these units
     * @param units how many they are
     * @param row how many units the reader reads before them
     */
    record Source(int layer, int first, int units, int row) {}

    /** What a layer reads, in order. */
    List<Source> of(int layer) {
        List<Source> sources = new ArrayList<>();
        int row = 0;
        for (String name : description.layers().get(layer - 1).from()) {
            Source source = source(name, row);
            sources.add(source);
            row += source.units();
        }
        return sources;
    }

    private Source source(String name, int row) {
        int first = 0;
        for (InputDescription part : description.parts()) {
            if (part.name().equals(name)) {
                return new Source(0, first, part.units(), row);
            }
            first += part.units();
        }
        return new Source(description.number(name), 0, description.units(name), row);
    }

    /** The unit of a layer that a unit of one of its sources goes into, where it goes into one alone. */
    int into(int layer, Source source, int unit) {
        Kind kind = description.layers().get(layer - 1).kind();
        int place = unit - source.first();
        return kind == Kind.ADD || kind == Kind.MULTIPLY ? place : source.row() + place;
    }

    /** How many units a layer has. */
    int units(int layer) {
        return layer == 0
                ? description.parts().stream().mapToInt(InputDescription::units).sum()
                : description.layers().get(layer - 1).units();
    }

    /** The values of the input's units: 1 for the category that a number stands for. */
    double[] input(double[] record) {
        double[] units = quantities(record);
        int from = 0;
        int first = 0;
        for (InputDescription part : description.parts()) {
            for (int category = 0; category < part.categories(); category++) {
                units[first + category] = record[from] == part.first() + category ? 1 : 0;
            }
            from += part.size();
            first += part.units();
        }
        return units;
    }

    /** Numbers of the input's units that are quantities, and 0 for categories. */
    double[] quantities(double[] record) {
        double[] units = new double[units(0)];
        int from = 0;
        int first = 0;
        for (InputDescription part : description.parts()) {
            System.arraycopy(record, from, units, first, part.categories() == 0 ? part.size() : 0);
            from += part.size();
            first += part.units();
        }
        return units;
    }

    /** The name of an input's unit: {@code x_0}, or {@code x_1(3)} of the category 3. */
    String inputName(int unit) {
        int from = 0;
        int first = 0;
        for (InputDescription part : description.parts()) {
            int place = unit - first;
            if (place < part.units()) {
                return part.categories() == 0
                        ? "x_" + (from + place)
                        : "x_" + from + "(" + (part.first() + place) + ")";
            }
            from += part.size();
            first += part.units();
        }
        throw new IndexOutOfBoundsException(unit);
    }

    /** What a layer's units are called in messages besides their numbers: its name, where it has one. */
    String layerName(int layer) {
        LayerDescription described = description.layers().get(layer - 1);
        return described.name().equals("layer" + layer) ? "" : described.name() + ": ";
    }

    /** Whether the gradient of a layer's weights is of that layer alone, and of no other that shares them. */
    boolean hasWeightsAlone(int layer) {
        boolean isShared = false;
        for (int other = 1; other <= description.layers().size(); other++) {
            isShared |= other != layer
                    && description.layers().get(other - 1).kind() == Kind.DENSE
                    && description.weightsOf(other) == layer;
        }
        return description.layers().get(layer - 1).hasWeights() && !isShared;
    }
}
