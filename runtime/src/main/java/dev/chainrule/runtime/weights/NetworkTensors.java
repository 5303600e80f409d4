package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.LayerDescription.Kind;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.ParameterLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The tensors that a network's parameters and constants are, in the order of its layers: {@code layer1.weight},
 * {@code layer1.bias}, {@code layer1.beta}, ..., {@code raw.shift}, {@code raw.scale}.
 *
 * @param parts by name
 * @param layout of the parameters
 * @param constants how many there are
 * @param constantName of each of them
 */
record NetworkTensors(
        Map<String, Part> parts, ParameterLayout layout, int constants, IntFunction<String> constantName) {
    /**
     * One of them.
     *
     * @param shape {@code [in, out]} of weights, {@code [out]} of others
     * @param isConstant whether its elements are among the constants, not the parameters
     * @param from where they begin there
     * @param end where they end (exclusive)
     */
    record Part(List<Long> shape, boolean isConstant, int from, int end) {
        /** Whichever of the two its elements are in. */
        double[] in(NetworkNumbers numbers) {
            return isConstant ? numbers.constants() : numbers.parameters();
        }
    }

    /** Those of a chain of dense layers without names. */
    static NetworkTensors of(ParameterLayout layout) {
        Map<String, Part> parts = new LinkedHashMap<>();
        for (int layer = 1; layer <= layout.layers(); layer++) {
            addParameters(parts, "layer" + layer, layout, layer);
        }
        return new NetworkTensors(parts, layout, 0, index -> "");
    }

    /** Those of any network. */
    static NetworkTensors of(NetworkDescription description) {
        ParameterLayout layout = description.layout();
        Map<String, Part> parts = new LinkedHashMap<>();
        int number = 0;
        for (LayerDescription layer : description.layers()) {
            number++;
            if (layer.kind() == Kind.SCALE) {
                int shifts = description.constantsFrom(number);
                add(parts, layer.name() + ".shift", layer.units(), true, shifts);
                add(parts, layer.name() + ".scale", layer.units(), true, shifts + layer.units());
            }
            addParameters(parts, layer.name(), layout, number);
        }
        return new NetworkTensors(parts, layout, description.constants(), description::constantName);
    }

    private static void addParameters(Map<String, Part> parts, String name, ParameterLayout layout, int layer) {
        int out = layout.units(layer);
        int weightsFrom = layout.weightsFrom(layer);
        int biasesFrom = layout.biasesFrom(layer);
        if (layout.rows(layer) > 0) {
            List<Long> shape = List.of((long) layout.rows(layer), (long) out);
            parts.put(name + ".weight", new Part(shape, false, weightsFrom, biasesFrom));
        }
        if (layout.hasBiases(layer)) {
            add(parts, name + ".bias", out, false, biasesFrom);
        }
        int from = layout.lettersFrom(layer);
        for (String letter : layout.letters(layer)) {
            add(parts, name + "." + letter, out, false, from);
            from += out;
        }
    }

    private static void add(Map<String, Part> parts, String name, int units, boolean isConstant, int from) {
        parts.put(name, new Part(List.of((long) units), isConstant, from, from + units));
    }

    /** The shapes by name. */
    Map<String, List<Long>> shapes() {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        parts.forEach((name, part) -> shapes.put(name, part.shape()));
        return shapes;
    }

    /** What the element of a part is called. */
    String name(Part part, int index) {
        return part.isConstant() ? constantName.apply(index) : layout.name(index);
    }
}
