package dev.chainrule.processor.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Topology;
import java.util.List;

/** A model as the import reads it, to be run by plain loops. */
record ImportedNetwork(Topology topology, double[] parameters) {
    /** Reads a model without problems. */
    static ImportedNetwork of(byte[] model) {
        Imported imported = OnnxImport.of(model, List.of(), 1_000_000);
        assertThat(imported.problems()).isEmpty();
        TrainedNetwork trained = imported.network().orElseThrow();
        Network network = trained.network();
        assertThat(network.isChain()).isTrue();
        return new ImportedNetwork(
                new Topology(
                        "Model",
                        network.inputs(),
                        network.layers().stream()
                                .map(layer -> new Topology.Layer(
                                        layer.units(),
                                        ((ActivationFunction.Named) layer.activation()).activation(),
                                        layer.bias()))
                                .toList(),
                        Loss.SUM_OF_SQUARES,
                        Unroll.AUTO),
                trained.parameters());
    }

    double[] forward(double[] input) {
        double[] output = new double[topology.outputs()];
        new PlainNetwork(topology, parameters).forward(input, output);
        return output;
    }

    /** For example {@code 3-4(SILU)-2(IDENTITY, no bias)}. */
    String line() {
        return topology.line().replace(" " + topology.loss(), "");
    }
}
