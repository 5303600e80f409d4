package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.Formula;
import dev.chainrule.runtime.InputDescription;
import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.OutputDescription;
import dev.chainrule.runtime.files.ProtobufMessage;
import dev.chainrule.runtime.weights.OnnxGraph.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A network in operators of ONNX, layer by layer. */
final class OnnxNetwork {
    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

    private final NetworkDescription description;
    private final OnnxGraph graph;
    /** What each part of the input and each layer is in the graph, by their names. */
    private final Map<String, String> values = new HashMap<>();

    OnnxNetwork(NetworkDescription description, ElementType elementType, NetworkNumbers numbers) {
        this.description = description;
        this.graph = new OnnxGraph(elementType);
        NetworkTensors.of(description)
                .parts()
                .forEach((name, part) -> graph.tensor(name, part.shape(), part.in(numbers), part.from(), part.end()));
    }

    ProtobufMessage model() {
        List<Port> inputs = description.parts().stream().map(this::input).toList();
        for (LayerDescription layer : description.layers()) {
            values.put(layer.name(), new OnnxFormula(graph, layer.name(), z(layer)).of(formula(layer)));
        }
        return graph.model(inputs, outputs(), description.topology());
    }

    private Port input(InputDescription part) {
        String name = part.name().isEmpty() ? INPUT : part.name();
        values.put(part.name(), part.categories() == 0 ? name : units(name, part));
        return new Port(name, part.size(), name);
    }

    /** 1 for the category that the number is of, and 0 for the others. */
    private String units(String name, InputDescription part) {
        double[] numbers = IntStream.range(0, part.categories())
                .mapToDouble(i -> part.first() + i)
                .toArray();
        String categories =
                graph.tensor(name + ".categories", List.of(1L, (long) numbers.length), numbers, 0, numbers.length);
        return graph.node("Where", graph.node("Equal", name, categories), graph.constant(1), graph.constant(0));
    }

    private String z(LayerDescription layer) {
        List<String> from = layer.from().stream().map(values::get).toList();
        return switch (layer.kind()) {
            case DENSE -> dense(layer, graph.concatenation(from));
            case ADD -> from.stream().reduce((a, b) -> graph.node("Add", a, b)).orElseThrow();
            case MULTIPLY ->
                from.stream().reduce((a, b) -> graph.node("Mul", a, b)).orElseThrow();
            case CONCATENATE -> graph.concatenation(from);
            case SCALE -> scale(layer, graph.concatenation(from));
        };
    }

    private String dense(LayerDescription layer, String a) {
        int owner = description.weightsOf(description.number(layer.name()));
        String name = description.layers().get(owner - 1).name();
        return layer.bias()
                ? graph.node("Gemm", a, name + ".weight", name + ".bias")
                : graph.node("MatMul", a, name + ".weight");
    }

    private String scale(LayerDescription layer, String a) {
        String shift = layer.name() + ".shift";
        String scale = layer.name() + ".scale";
        return layer.inverse()
                ? graph.node("Add", graph.node("Div", a, scale), shift)
                : graph.node("Mul", graph.node("Sub", a, shift), scale);
    }

    private static Formula formula(LayerDescription layer) {
        return layer.formula()
                .orElseThrow(() -> new UnsupportedOperationException(
                        "the network does not tell what its activation " + layer.activation() + " is"));
    }

    private List<Port> outputs() {
        List<OutputDescription> layers = description.outputLayers();
        boolean isOne = layers.size() == 1 && description.parts().get(0).name().isEmpty();
        Set<String> taken = new HashSet<>();
        description.parts().forEach(part -> taken.add(values.get(part.name())));
        List<Port> ports = new ArrayList<>();
        for (OutputDescription output : layers) {
            String value = values.get(output.layer());
            // What has a name already gets no other
            String own = taken.add(value) ? value : graph.node("Identity", value);
            ports.add(new Port(isOne ? OUTPUT : output.layer(), description.units(output.layer()), own));
        }
        return ports;
    }
}
