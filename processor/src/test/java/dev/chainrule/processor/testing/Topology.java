package dev.chainrule.processor.testing;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.runtime.ParameterLayout;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a declaration says, as a value.
 *
 * @param name the simple name of the annotated class
 * @param layers from the first after the input to the output layer
 */
public record Topology(String name, int inputs, List<Layer> layers, Loss loss, Unroll unroll) {
    private static final String PACKAGE = "nets";

    /** One {@code @Layer}. */
    public record Layer(int units, Activation activation, boolean bias) {
        @Override
        public String toString() {
            return units + "(" + activation + (bias ? ")" : ", no bias)");
        }
    }

    public Topology {
        layers = List.copyOf(layers);
    }

    /** The same network, its sums written in another way, under another name. */
    public Topology with(Unroll other) {
        String suffix = other.name().charAt(0) + other.name().substring(1).toLowerCase(Locale.ROOT);
        return new Topology(name + suffix, inputs, layers, loss, other);
    }

    public int depth() {
        return layers.size();
    }

    /** Layer {@code number}, counted from 1. */
    public Layer layer(int number) {
        return layers.get(number - 1);
    }

    /** The number of units of layer {@code number}, where layer 0 is the input. */
    public int units(int number) {
        return number == 0 ? inputs : layer(number).units();
    }

    public int outputs() {
        return units(depth());
    }

    public ParameterLayout layout() {
        int[] units = layers.stream().mapToInt(Layer::units).toArray();
        boolean[] biases = new boolean[units.length];
        for (int layer = 0; layer < biases.length; layer++) {
            biases[layer] = layers.get(layer).bias();
        }
        return ParameterLayout.of(inputs, units, biases);
    }

    /** The number of parameters. */
    public int parameters() {
        return layout().size();
    }

    /** The qualified name of the annotated class. */
    public String declarationName() {
        return PACKAGE + "." + name;
    }

    /** The qualified name of the generated class. */
    public String networkName() {
        return declarationName() + "Network";
    }

    /** The qualified name of the generated frozen class. */
    public String frozenName() {
        return declarationName() + "Frozen";
    }

    /** The source of the annotated class. */
    public String declaration() {
        return declarationWith("");
    }

    /** The source of the annotated class, with more values of its annotation: {@code , weights = "..."}. */
    public String declarationWith(String values) {
        String layerList = layers.stream()
                .map(layer -> "        @Layer(units = %s, activation = Activation.%s, bias = %b)"
                        .formatted(layer.units(), layer.activation(), layer.bias()))
                .collect(Collectors.joining(",\n"));
        return """
                package %s;

                import dev.chainrule.annotations.Activation;
                import dev.chainrule.annotations.Layer;
                import dev.chainrule.annotations.Loss;
                import dev.chainrule.annotations.Network;
                import dev.chainrule.annotations.Unroll;

                @Network(
                    inputs = %s,
                    layers = {
                %s},
                    loss = Loss.%s,
                    unroll = Unroll.%s%s)
                final class %s {}
                """.formatted(PACKAGE, inputs, layerList, loss, unroll, values, name);
    }

    /** The same without a loss, as for a network that is not to be trained. */
    public String declarationWithoutLoss(String values) {
        return declarationWith(values)
                .replaceFirst(" *loss = [^\n]*\n", "")
                .replace("import dev.chainrule.annotations.Loss;\n", "");
    }

    /** As a network tells it, for example {@code 7-7(IDENTITY, no bias)-8(TANH) SUM_OF_SQUARES}. */
    public String line() {
        return inputs + layers.stream().map(layer -> "-" + layer).collect(Collectors.joining()) + " " + loss;
    }

    @Override
    public String toString() {
        return line() + " " + unroll;
    }
}
