package dev.chainrule.runtime.training;

import dev.chainrule.runtime.InputDescription;
import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.LayerDescription.Kind;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.OutputDescription;
import dev.chainrule.runtime.Shapes;
import dev.chainrule.runtime.TargetSlice;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The columns of records that something is fitted to, and which units of a network they are.
 *
 * @param ofTargets whether they are columns of targets, not of inputs
 * @param width how many such columns a record has
 * @param columns their numbers, from 0
 */
record FittedColumns(boolean ofTargets, int width, int[] columns) {
    /** A unit that is no column. */
    private static final int NONE = -1;

    static FittedColumns ofInputs(RecordStore records) {
        return new FittedColumns(false, records.inputWidth(), Shuffle.inOrder(records.inputWidth()));
    }

    static FittedColumns ofTargets(RecordStore records) {
        return new FittedColumns(true, records.targetWidth(), Shuffle.inOrder(records.targetWidth()));
    }

    /**
     * Some inputs.
     *
     * @throws IllegalArgumentException if a column does not exist or is named twice, or none is named
     */
    static FittedColumns ofInputs(RecordStore records, int[] columns) {
        Checks.count("the number of columns", columns.length);
        boolean[] isNamed = new boolean[records.inputWidth()];
        for (int column : columns) {
            if (column < 0 || column >= isNamed.length) {
                throw new IllegalArgumentException(
                        "column is " + column + "; expected 0 to " + (isNamed.length - 1) + ", the last input");
            }
            if (isNamed[column]) {
                throw new IllegalArgumentException("column " + column + " is named twice");
            }
            isNamed[column] = true;
        }
        return new FittedColumns(false, isNamed.length, columns.clone());
    }

    /** The records as if the columns were inputs. */
    RecordStore of(RecordStore records) {
        return ofTargets ? new ExchangedRecords(records) : records;
    }

    /** How many such columns records have. */
    int widthOf(RecordStore records) {
        return ofTargets ? records.targetWidth() : records.inputWidth();
    }

    /** What a column is called. */
    String name(int column) {
        return (ofTargets ? "target " : "input ") + column;
    }

    /** How many of how many. */
    @Override
    public String toString() {
        return columns.length + " of " + Text.count(width, ofTargets ? "target" : "input");
    }

    /**
     * Sets the constants of a layer: of units that are none of these columns, shift 0 and scale 1.
     *
     * @param shifts one a column
     * @param scales one a column
     * @throws IllegalArgumentException if the layer has no constants, or its units are no such columns, before anything
     *     is written
     */
    void into(TrainableNetwork network, String layerName, double[] shifts, double[] scales) {
        NetworkDescription description = network.description();
        int number = description.number(layerName);
        LayerDescription layer = description.layers().get(number - 1);
        if (layer.kind() != Kind.SCALE) {
            throw new IllegalArgumentException(
                    "layer \"" + layerName + "\" is of kind " + layer.kind() + "; expected one of kind SCALE");
        }
        Shapes.checkLength("constants", network.constants(), description.constants());
        int expected = ofTargets ? description.outputs() : description.inputs();
        if (width != expected) {
            throw new IllegalArgumentException("the records that were fitted have "
                    + Text.count(width, ofTargets ? "target" : "input") + " each; the network has " + expected);
        }
        int[] ofUnits = (ofTargets ? targets(description, layer) : inputs(description, layer)).toArray();
        double[] written = new double[2 * ofUnits.length];
        for (int unit = 0; unit < ofUnits.length; unit++) {
            int place = place(ofUnits[unit]);
            written[unit] = place == NONE ? 0 : shifts[place];
            written[ofUnits.length + unit] = place == NONE ? 1 : scales[place];
            if (place != NONE) {
                Checks.finite("the scale of " + name(columns[place]), scales[place]);
            }
        }
        System.arraycopy(written, 0, network.constants(), description.constantsFrom(number), written.length);
    }

    private int place(int column) {
        return IntStream.range(0, columns.length)
                .filter(i -> columns[i] == column)
                .findFirst()
                .orElse(NONE);
    }

    /** The inputs that a layer reads. */
    private static IntStream inputs(NetworkDescription description, LayerDescription layer) {
        return layer.from().stream().flatMapToInt(source -> {
            int from = 0;
            for (InputDescription part : description.parts()) {
                if (part.name().equals(source)) {
                    return part.categories() > 0
                            ? IntStream.generate(() -> NONE).limit(part.categories())
                            : IntStream.range(from, from + part.size());
                }
                from += part.size();
            }
            throw new IllegalArgumentException("layer \"" + layer.name() + "\" reads \"" + source
                    + "\"; expected parts of the input alone, which are what was fitted");
        });
    }

    /** The targets of a layer. */
    private static IntStream targets(NetworkDescription description, LayerDescription layer) {
        List<OutputDescription> outputs = description.outputLayers();
        Optional<Integer> place = IntStream.range(0, outputs.size())
                .boxed()
                .filter(i -> outputs.get(i).layer().equals(layer.name()))
                .findFirst();
        if (place.isEmpty() || !layer.inverse()) {
            throw new IllegalArgumentException("layer \"" + layer.name()
                    + "\" has no targets in the units of the records; expected an inverse output layer");
        }
        TargetSlice slice = description.targets().get(place.get());
        return IntStream.range(slice.from(), slice.end());
    }
}
