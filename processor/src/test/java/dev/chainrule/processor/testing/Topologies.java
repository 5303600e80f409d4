package dev.chainrule.processor.testing;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Topologies by their sizes, and what the processor makes of them. */
public final class Topologies {
    private static final List<Activation> HIDDEN = List.of(Activation.values());

    private Topologies() {}

    /** The sizes from input to output, as in {@code 784-30-10}. Every layer has biases. */
    public static Topology of(
            String name, String sizes, Activation hidden, Activation output, Loss loss, Unroll unroll) {
        int[] units = sizes(sizes);
        List<Topology.Layer> layers = new ArrayList<>();
        for (int layer = 1; layer < units.length; layer++) {
            layers.add(new Topology.Layer(units[layer], layer == units.length - 1 ? output : hidden, true));
        }
        return new Topology(name, units[0], layers, loss, unroll);
    }

    /** Of these sizes, all else at random. */
    public static Topology random(String name, int[] sizes, Unroll unroll, Random random) {
        Loss loss = oneOf(List.of(Loss.values()), random);
        List<Topology.Layer> layers = new ArrayList<>();
        for (int layer = 1; layer < sizes.length - 1; layer++) {
            layers.add(new Topology.Layer(sizes[layer], oneOf(HIDDEN, random), random.nextInt(4) != 0));
        }
        layers.add(new Topology.Layer(sizes[sizes.length - 1], output(loss, random), random.nextInt(4) != 0));
        return new Topology(name, sizes[0], layers, loss, unroll);
    }

    /** The network that the processor makes of a declaration. */
    public static Network model(Topology topology) {
        List<Layer> layers = new ArrayList<>();
        int inputs = topology.inputs();
        int offset = 0;
        for (Topology.Layer declared : topology.layers()) {
            Layer layer = new Layer(inputs, declared.units(), declared.activation(), declared.bias(), offset);
            layers.add(layer);
            inputs = layer.units();
            offset += layer.parameters();
        }
        return new Network(
                topology.inputs(), layers, Optional.of(new LossFunction.Named(topology.loss())), topology.unroll());
    }

    private static Activation output(Loss loss, Random random) {
        return switch (loss) {
            case BINARY_CROSS_ENTROPY -> Activation.SIGMOID;
            case CATEGORICAL_CROSS_ENTROPY -> Activation.SOFTMAX;
            default -> oneOf(List.of(Activation.values()), random);
        };
    }

    private static int[] sizes(String sizes) {
        return Arrays.stream(sizes.split("-")).mapToInt(Integer::parseInt).toArray();
    }

    private static <T> T oneOf(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
