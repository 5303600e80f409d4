package dev.chainrule.processor.testing;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Output;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.network.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processor's network of a declared graph, without javac. */
public final class GraphModel {
    private GraphModel() {}

    /** The network that {@code declared} is. */
    public static Network of(GraphNetwork declared) {
        Map<String, Source> sources = new HashMap<>();
        List<Part> parts = new ArrayList<>();
        int numbers = 0;
        for (GraphNetwork.Part one : declared.parts()) {
            Part part = new Part(one.name(), numbers, one.size(), one.categories(), one.first());
            parts.add(part);
            sources.put(one.name(), part.source());
            numbers += one.size();
        }
        List<String> names =
                declared.layers().stream().map(GraphNetwork.Layer::name).toList();
        List<Layer> layers = new ArrayList<>();
        int offset = 0;
        int constants = 0;
        for (GraphNetwork.Layer one : declared.layers()) {
            Layer layer = new Layer(
                    one.name(),
                    LayerKind.valueOf(one.kind()),
                    one.from().stream().map(sources::get).toList(),
                    declared.units(one),
                    ActivationFunction.Named.of(Activation.valueOf(one.activation())),
                    one.weightsOf() == null
                            ? one.bias()
                            : declared.layer(one.weightsOf()).bias(),
                    one.weightsOf() == null ? 0 : names.indexOf(one.weightsOf()) + 1,
                    one.inverse(),
                    offset,
                    constants);
            layers.add(layer);
            sources.put(one.name(), Source.layer(layers.size(), layer.units()));
            offset += layer.parameters();
            constants += layer.constantsCount();
        }
        List<Output> outputs = new ArrayList<>();
        int first = 0;
        for (GraphNetwork.Output one : declared.outputs()) {
            int units = declared.units(one.layer());
            LossFunction loss = new LossFunction.Named(Loss.valueOf(one.loss()));
            outputs.add(new Output(names.indexOf(one.layer()) + 1, first, units, Optional.of(loss), one.weight()));
            first += units;
        }
        return new Network(parts, layers, outputs, Unroll.AUTO);
    }
}
