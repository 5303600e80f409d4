package dev.chainrule.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Where each parameter of a network stands: layer after layer as declared, first the weights, row-major as
 * {@code in x out}, a row for each unit that the layer reads, then the biases where the layer has them, then for each
 * trainable letter of the layer's formula, in the order of {@link String#compareTo}, one value a unit. A layer that
 * only adds, multiplies, concatenates or scales, or that shares the weights of another, has none of its own.
 */
public final class ParameterLayout {
    private final int inputs;
    private final int[] rows;
    private final int[] units;
    private final boolean[] biases;
    private final List<List<String>> letters;
    /** Where the parameters of each layer begin, and, at last, where all end. */
    private final int[] starts;

    private ParameterLayout(int inputs, int[] rows, int[] units, boolean[] biases, List<List<String>> letters) {
        this.inputs = inputs;
        this.rows = rows;
        this.units = units;
        this.biases = biases;
        this.letters = letters;
        this.starts = starts(rows, units, biases, letters);
    }

    /**
     * The layout of a chain of dense layers.
     *
     * @param inputs the number of inputs
     * @param units the number of units of each layer, from the first after the input
     * @param biases whether each of these layers has biases
     * @return the layout
     * @throws IllegalArgumentException if {@code units} and {@code biases} differ in length
     * @throws ArithmeticException if there are more parameters than an {@code int} counts
     */
    public static ParameterLayout of(int inputs, int[] units, boolean[] biases) {
        return of(inputs, units, biases, new String[units.length][0]);
    }

    /**
     * The layout of a chain of dense layers with formulas that have trainable letters.
     *
     * @param inputs the number of inputs
     * @param units the number of units of each layer, from the first after the input
     * @param biases whether each of these layers has biases
     * @param letters the letters of each of these layers, ascending; no letters where it has none
     * @return the layout
     * @throws IllegalArgumentException if {@code units}, {@code biases} and {@code letters} differ in length, or the letters of a
     *     layer do not ascend
     * @throws ArithmeticException if there are more parameters than an {@code int} counts
     */
    public static ParameterLayout of(int inputs, int[] units, boolean[] biases, String[][] letters) {
        int[] rows = new int[units.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = i == 0 ? inputs : units[i - 1];
        }
        return of(inputs, rows, units, biases, letters);
    }

    /**
     * The layout of a graph.
     *
     * @param rows for each layer, how many units its own weights lead out of; 0 where it has none
     */
    static ParameterLayout of(int inputs, int[] rows, int[] units, boolean[] biases, String[][] letters) {
        if (units.length != biases.length) {
            throw new IllegalArgumentException(
                    "biases has " + biases.length + " values; expected one a layer, " + units.length);
        } else if (units.length != letters.length) {
            throw new IllegalArgumentException(
                    "letters has " + letters.length + " arrays; expected one a layer, " + units.length);
        }
        List<List<String>> ofLayers = new ArrayList<>(letters.length);
        for (String[] ofLayer : letters) {
            for (int i = 1; i < ofLayer.length; i++) {
                if (ofLayer[i - 1].compareTo(ofLayer[i]) >= 0) {
                    throw new IllegalArgumentException("letters has " + List.of(ofLayer) + "; expected them to ascend");
                }
            }
            ofLayers.add(List.of(ofLayer));
        }
        return new ParameterLayout(inputs, rows, units.clone(), biases.clone(), ofLayers);
    }

    /** {@return the number of parameters} */
    public int size() {
        return starts[units.length];
    }

    /** {@return the number of layers after the input; they count from 1 to this} */
    public int layers() {
        return units.length;
    }

    /**
     * {@return the number of units of a layer; for layer 0 the number of inputs}
     *
     * @param layer 0 to {@link #layers()}
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public int units(int layer) {
        return checkLayer(0, layer) == 0 ? inputs : units[layer - 1];
    }

    /**
     * {@return the number of units that a layer's own weights lead out of ("fan-in"): those of all that it reads, or 0
     * where it has no weights of its own}
     *
     * @param layer 1 to {@link #layers()}
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public int rows(int layer) {
        return rows[checkLayer(1, layer) - 1];
    }

    /**
     * Where the weights of a layer begin: {@code rows(layer) * units(layer)} of them lead into its units.
     *
     * @param layer 1 to {@link #layers()}
     * @return the index of the first of these weights
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public int weightsFrom(int layer) {
        return starts[checkLayer(1, layer) - 1];
    }

    /**
     * Where the weights of a layer end, and its biases, if it has any, begin: {@code units(layer)} of them.
     *
     * @param layer 1 to {@link #layers()}
     * @return the index after the last of these weights
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public int biasesFrom(int layer) {
        return weightsFrom(layer) + rows(layer) * units(layer);
    }

    /**
     * Where the biases of a layer end, and the values of its trainable letters, if it has any, begin: {@code
     * units(layer)} of each.
     *
     * @param layer 1 to {@link #layers()}
     * @return the index after the last of its weights and biases
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public int lettersFrom(int layer) {
        return biasesFrom(layer) + (hasBiases(layer) ? units(layer) : 0);
    }

    /**
     * Where the parameters of a layer end (exclusive).
     *
     * @param layer 1 to {@link #layers()}
     * @return the index after the last of its parameters
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public int end(int layer) {
        return starts[checkLayer(1, layer)];
    }

    /**
     * {@return the trainable letters of a layer's formula, in their order; none where it has no formula}
     *
     * @param layer 1 to {@link #layers()}
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public List<String> letters(int layer) {
        return letters.get(checkLayer(1, layer) - 1);
    }

    /**
     * {@return whether a layer has biases of its own}
     *
     * @param layer 1 to {@link #layers()}
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public boolean hasBiases(int layer) {
        return biases[checkLayer(1, layer) - 1];
    }

    /**
     * {@return the name of a parameter: {@code w2_0_1} is the weight from unit 0 of what layer 2 reads to its unit 1,
     * {@code b2_1} the bias of unit 1 of layer 2, {@code p2_beta_1} its value of the letter beta}
     *
     * @param index where the parameter stands
     * @throws IndexOutOfBoundsException if {@code index} is not within 0 (inclusive) to {@link #size()} (exclusive)
     */
    public String name(int index) {
        int layer = 1;
        while (Objects.checkIndex(index, size()) >= starts[layer]) {
            layer++;
        }
        int out = units[layer - 1];
        if (index < biasesFrom(layer)) {
            int place = index - weightsFrom(layer);
            return "w" + layer + "_" + place / out + "_" + place % out;
        } else if (index < lettersFrom(layer)) {
            return "b" + layer + "_" + (index - biasesFrom(layer));
        }
        int place = index - lettersFrom(layer);
        return "p" + layer + "_" + letters(layer).get(place / out) + "_" + place % out;
    }

    /**
     * One line: {@code 2-3-1(no bias), 12 parameters}; of a graph,
     * {@code 2x3, 3x1(no bias), 1(no weights), 12 parameters}.
     */
    @Override
    public String toString() {
        String text = isChain() ? "" + inputs : "";
        for (int layer = 0; layer < units.length; layer++) {
            if (isChain()) {
                text += "-" + units[layer] + (biases[layer] ? "" : "(no bias)");
            } else {
                text += (layer == 0 ? "" : ", ")
                        + (rows[layer] == 0 ? units[layer] + "(no weights)" : rows[layer] + "x" + units[layer])
                        + (rows[layer] == 0 || biases[layer] ? "" : "(no bias)");
            }
        }
        return text + ", " + size() + " parameters";
    }

    private boolean isChain() {
        return IntStream.range(0, rows.length).allMatch(i -> rows[i] == (i == 0 ? inputs : units[i - 1]));
    }

    private int checkLayer(int first, int layer) {
        if (layer < first || layer > units.length) {
            throw new IndexOutOfBoundsException("layer is " + layer + "; expected " + first + " to " + units.length);
        }
        return layer;
    }

    private static int[] starts(int[] rows, int[] units, boolean[] biases, List<List<String>> letters) {
        int[] starts = new int[units.length + 1];
        for (int layer = 0; layer < units.length; layer++) {
            int out = units[layer];
            long end = starts[layer]
                    + (long) rows[layer] * out
                    + (biases[layer] ? out : 0)
                    + (long) letters.get(layer).size() * out;
            if (end > Integer.MAX_VALUE) {
                throw new ArithmeticException("layers 1 to " + (layer + 1) + " have " + end
                        + " parameters; expected at most " + Integer.MAX_VALUE);
            }
            starts[layer + 1] = (int) end;
        }
        return starts;
    }
}
