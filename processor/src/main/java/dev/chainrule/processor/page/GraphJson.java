package dev.chainrule.processor.page;

import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Output;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.network.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a network consists of, as JSON takes it. */
final class GraphJson {
    private GraphJson() {}

    /** The parts of the input, with the numbers of their categories where they have some. */
    static List<Map<String, Object>> parts(Network network) {
        List<Map<String, Object>> parts = new ArrayList<>();
        for (Part part : network.parts()) {
            parts.add(Json.object(
                    "name",
                    part.name(),
                    "first",
                    part.first(),
                    "size",
                    part.size(),
                    "units",
                    part.units(),
                    "isCategory",
                    part.isCategory(),
                    "firstCategory",
                    part.firstCategory()));
        }
        return parts;
    }

    static List<Map<String, Object>> layers(Network network) {
        List<Map<String, Object>> layers = new ArrayList<>();
        for (int number = 1; number <= network.depth(); number++) {
            layers.add(layer(network, number));
        }
        return layers;
    }

    private static Map<String, Object> layer(Network network, int number) {
        Layer layer = network.layer(number);
        List<String> rows = new ArrayList<>(layer.biases() > 0 ? List.of("bias") : List.of());
        rows.addAll(layer.activation().letters().keySet());
        List<List<Object>> sources = new ArrayList<>();
        for (Source source : layer.sources()) {
            sources.add(List.of(group(source), source.first(), source.units()));
        }
        return Json.object(
                "name",
                network.name(number),
                "kind",
                layer.kind().name(),
                "units",
                layer.units(),
                "activation",
                Html.escaped(layer.activation().words()),
                "isSoftmax",
                layer.activation().isSoftmax(),
                "formula",
                formula(network, layer),
                "sources",
                sources,
                "inverse",
                layer.inverse(),
                "inputs",
                layer.ownsWeights() ? layer.inputs() : 0,
                "owner",
                layer.isDense() ? layer.weightsOf() == 0 ? number : layer.weightsOf() : 0,
                "bias",
                layer.bias(),
                "rows",
                rows,
                "first",
                List.copyOf(layer.activation().letters().values()),
                "offset",
                layer.offset(),
                "constants",
                layer.constants());
    }

    /** The number of a layer, 0 for the input, or what the units of categories are called. */
    private static Object group(Source source) {
        return source.category().isEmpty() ? source.layer() : "x_" + source.category();
    }

    /** What the sum of a layer is made of, in short: {@code h + x}; of a dense layer what it reads. */
    private static String formula(Network network, Layer layer) {
        String separator = switch (layer.kind()) {
            case ADD -> " + ";
            case MULTIPLY -> " \u00d7 ";
            default -> ", ";
        };
        return layer.sources().stream().map(network::name).collect(Collectors.joining(separator));
    }

    static List<Map<String, Object>> outputs(Network network) {
        List<Map<String, Object>> outputs = new ArrayList<>();
        for (Output output : network.outputLayers()) {
            outputs.add(Json.object(
                    "layer",
                    output.layer(),
                    "first",
                    output.first(),
                    "units",
                    output.units(),
                    "loss",
                    output.loss().map(LossFunction::text).orElse(""),
                    "weight",
                    output.weight()));
        }
        return outputs;
    }
}
