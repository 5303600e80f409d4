package dev.chainrule.runtime;

import dev.chainrule.runtime.LayerDescription.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What the layers of a network read: filled in where it is not said, and checked. */
final class Wiring {
    private Wiring() {}

    /** The name of a layer that has none, by its place, from 0. */
    static String name(int place) {
        return "layer" + (place + 1);
    }

    /** The name of the last layer, given or not. */
    static String lastName(List<LayerDescription> layers) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("there are no layers; expected 1 or more");
        }
        String name = layers.get(layers.size() - 1).name();
        return name.isEmpty() ? name(layers.size() - 1) : name;
    }

    /** All layers with a name and sources. */
    static List<LayerDescription> completed(List<InputDescription> parts, List<LayerDescription> layers) {
        List<LayerDescription> completed = new ArrayList<>();
        String[] before = parts.stream().map(InputDescription::name).toArray(String[]::new);
        for (LayerDescription layer : layers) {
            LayerDescription named = layer.name().isEmpty() ? layer.named(name(completed.size())) : layer;
            completed.add(named.from().isEmpty() ? named.reading(before) : named);
            before = new String[] {named.name()};
        }
        return List.copyOf(completed);
    }

    static void check(
            List<InputDescription> parts, List<LayerDescription> layers, List<OutputDescription> outputLayers) {
        lastName(layers);
        Map<String, Integer> widths = new LinkedHashMap<>();
        for (InputDescription part : parts) {
            if (part.name().isEmpty() && (parts.size() > 1 || part.categories() > 0)) {
                throw new IllegalArgumentException("a part of the input has no name; expected one for each of "
                        + parts.size() + " parts, and for categories");
            }
            add(widths, part.name(), part.units());
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("there are no inputs; expected 1 part or more");
        }
        Map<String, LayerDescription> earlier = new LinkedHashMap<>();
        for (LayerDescription layer : layers) {
            checkSources(layer, widths);
            checkWeights(layer, earlier, widths);
            add(widths, layer.name(), layer.units());
            earlier.put(layer.name(), layer);
        }
        checkOutputs(outputLayers, earlier.keySet());
    }

    private static void add(Map<String, Integer> widths, String name, int width) {
        boolean isTaken = widths.containsKey("") && LayerDescription.source("").equals(name);
        if (widths.put(name, width) != null || isTaken) {
            throw new IllegalArgumentException("there are two of the name \"" + name
                    + "\"; expected another name for each part of the input and layer");
        }
    }

    private static void checkSources(LayerDescription layer, Map<String, Integer> widths) {
        for (String source : layer.from()) {
            if (!widths.containsKey(source)) {
                throw new IllegalArgumentException(of(layer) + " reads \"" + source
                        + "\"; expected what stands before it: "
                        + widths.keySet().stream().map(LayerDescription::source).collect(Collectors.joining(", ")));
            }
        }
        boolean isUnitByUnit = layer.kind() == Kind.ADD || layer.kind() == Kind.MULTIPLY;
        for (String source : isUnitByUnit ? layer.from() : List.<String>of()) {
            if (widths.get(source) != layer.units()) {
                throw new IllegalArgumentException(of(layer) + " has " + layer.units() + " units and reads "
                        + LayerDescription.source(source) + " of " + widths.get(source) + "; expected as many");
            }
        }
        int width = width(layer, widths);
        if (!isUnitByUnit && layer.kind() != Kind.DENSE && width != layer.units()) {
            throw new IllegalArgumentException(
                    of(layer) + " has " + layer.units() + " units and reads " + width + "; expected as many");
        }
    }

    private static void checkWeights(
            LayerDescription layer, Map<String, LayerDescription> earlier, Map<String, Integer> widths) {
        if (layer.kind() != Kind.DENSE && layer.bias()) {
            throw new IllegalArgumentException(
                    of(layer) + " has biases; expected none, as it is of kind " + layer.kind());
        }
        if (layer.inverse() && layer.kind() != Kind.SCALE) {
            throw new IllegalArgumentException(of(layer) + " is inverse; expected that of kind SCALE alone");
        }
        if (layer.weightsOf().isEmpty()) {
            return;
        }
        LayerDescription other = earlier.get(layer.weightsOf());
        boolean fits = other != null
                && layer.kind() == Kind.DENSE
                && other.kind() == Kind.DENSE
                && other.units() == layer.units()
                && other.bias() == layer.bias()
                && width(other, widths) == width(layer, widths);
        if (!fits) {
            throw new IllegalArgumentException(of(layer) + " has the weights of \"" + layer.weightsOf()
                    + "\"; expected a dense layer before it of as many units that reads as many, "
                    + (layer.bias() ? "with" : "without") + " biases");
        }
    }

    private static void checkOutputs(List<OutputDescription> outputLayers, Set<String> layers) {
        if (outputLayers.isEmpty()) {
            throw new IllegalArgumentException("there are no outputs; expected 1 or more");
        }
        Set<String> found = new HashSet<>();
        for (OutputDescription output : outputLayers) {
            if (!layers.contains(output.layer())) {
                throw new IllegalArgumentException("the output \"" + output.layer() + "\" is no layer; expected one of "
                        + String.join(", ", layers));
            }
            if (!found.add(output.layer())) {
                throw new IllegalArgumentException(
                        "the layer \"" + output.layer() + "\" is an output twice; expected once");
            }
        }
    }

    /** How many units a layer reads, all sources together. */
    private static int width(LayerDescription layer, Map<String, Integer> widths) {
        return layer.from().stream().mapToInt(widths::get).sum();
    }

    private static String of(LayerDescription layer) {
        return "layer \"" + layer.name() + "\"";
    }
}
