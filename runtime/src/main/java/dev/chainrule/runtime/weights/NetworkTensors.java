package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.ParameterLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors that a network's parameters are, in the order of its layout: {@code layer1.weight}, {@code layer1.bias},
 * {@code layer1.beta}, ...
 */
final class NetworkTensors {
    private NetworkTensors() {}

    /**
     * One of them.
     *
     * @param shape {@code [in, out]} of weights, {@code [out]} of others
     * @param from where its elements begin among the parameters
     * @param end where they end (exclusive)
     */
    record Part(List<Long> shape, int from, int end) {}

    /** By name. */
    static Map<String, Part> of(ParameterLayout layout) {
        Map<String, Part> parts = new LinkedHashMap<>();
        for (int layer = 1; layer <= layout.layers(); layer++) {
            long in = layout.units(layer - 1);
            long out = layout.units(layer);
            int biasesFrom = layout.biasesFrom(layer);
            parts.put("layer" + layer + ".weight", new Part(List.of(in, out), layout.weightsFrom(layer), biasesFrom));
            if (layout.hasBiases(layer)) {
                parts.put("layer" + layer + ".bias", new Part(List.of(out), biasesFrom, layout.lettersFrom(layer)));
            }
            int from = layout.lettersFrom(layer);
            for (String letter : layout.letters(layer)) {
                parts.put("layer" + layer + "." + letter, new Part(List.of(out), from, from + layout.units(layer)));
                from += layout.units(layer);
            }
        }
        return parts;
    }
}
