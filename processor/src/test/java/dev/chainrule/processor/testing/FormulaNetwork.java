package dev.chainrule.processor.testing;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A declaration with formulas, as a value.
 *
 * @param name the simple name of the annotated class
 * @param layers from the first after the input to the output layer
 * @param loss the value of the annotation, {@code lossFormula = "..."} or {@code loss = Loss.HUBER}
 * @param values more values of the annotation, each after a comma
 */
public record FormulaNetwork(String name, int inputs, List<Layer> layers, String loss, String values) {
    private static final String PACKAGE = "nets";

    /**
     * One {@code @Layer}.
     *
     * @param activation the value of the annotation, {@code formula = "..."} or {@code activation = Activation.TANH}
     */
    public record Layer(int units, String activation, boolean bias) {
        /** A layer with a formula and biases. */
        public static Layer of(int units, String formula) {
            return new Layer(units, "formula = \"" + formula + "\"", true);
        }

        /** A layer whose activation has a name, with biases. */
        public static Layer named(int units, String activation) {
            return new Layer(units, "activation = Activation." + activation, true);
        }
    }

    /** One with the formula of a loss. */
    public static FormulaNetwork of(String name, int inputs, List<Layer> layers, String lossFormula) {
        return new FormulaNetwork(name, inputs, layers, "lossFormula = \"" + lossFormula + "\"", "");
    }

    /** The same under another name, with more values. */
    public FormulaNetwork with(String suffix, String more) {
        return new FormulaNetwork(name + suffix, inputs, layers, loss, values + more);
    }

    /** The number of outputs. */
    public int outputs() {
        return layers.get(layers.size() - 1).units();
    }

    /** The qualified name of the annotated class. */
    public String declarationName() {
        return PACKAGE + "." + name;
    }

    /** The source of the annotated class. */
    public String declaration() {
        String layerList = layers.stream()
                .map(layer -> "        @Layer(units = %d, %s, bias = %b)"
                        .formatted(layer.units(), layer.activation(), layer.bias()))
                .collect(Collectors.joining(",\n"));
        return """
                package %s;

                import dev.chainrule.annotations.*;

                @Network(
                    inputs = %d,
                    layers = {
                %s},
                    %s%s)
                final class %s {}
                """.formatted(PACKAGE, inputs, layerList, loss, values, name);
    }

    @Override
    public String toString() {
        return inputs
                + layers.stream()
                        .map(layer -> "-" + layer.units() + "(" + layer.activation() + ", " + layer.bias() + ")")
                        .collect(Collectors.joining())
                + " " + loss + values;
    }
}
