package dev.chainrule.processor.testing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A declaration of a graph, as a value.
 *
 * @param name the simple name of the annotated class
 * @param values more values of the annotation, each after a comma
 */
public record GraphNetwork(String name, List<Part> parts, List<Layer> layers, List<Output> outputs, String values) {
    private static final String PACKAGE = "nets";

    /** One {@code @Input}; its number tells one of as many categories, or is a quantity where there are none. */
    public record Part(String name, int size, int categories, int first) {
        /** How many units layers see. */
        public int units() {
            return categories > 0 ? categories : size;
        }

        String declaration() {
            return categories > 0
                    ? "@Input(name = \"%s\", categories = %d, first = %d)".formatted(name, categories, first)
                    : "@Input(name = \"%s\", size = %d)".formatted(name, size);
        }
    }

    /**
     * One {@code @Layer}.
     *
     * @param units of a dense layer
     * @param weightsOf the name of a layer, or null
     */
    public record Layer(
            String name,
            String kind,
            List<String> from,
            String activation,
            int units,
            boolean bias,
            String weightsOf,
            boolean inverse) {
        /** Whether it has weights, its own or another layer's. */
        public boolean isDense() {
            return kind.equals("DENSE");
        }

        String declaration() {
            List<String> values = new ArrayList<>();
            values.add("name = \"" + name + "\"");
            values.add("kind = LayerKind." + kind);
            values.add("from = {\"" + String.join("\", \"", from) + "\"}");
            if (isDense()) {
                values.add(weightsOf == null ? "units = " + units : "weightsOf = \"" + weightsOf + "\"");
            }
            if (isDense() && weightsOf == null) {
                values.add("bias = " + bias);
            }
            if (inverse) {
                values.add("inverse = true");
            }
            values.add("activation = Activation." + activation);
            return "@Layer(" + String.join(", ", values) + ")";
        }
    }

    /** One {@code @Output}. */
    public record Output(String layer, String loss, double weight) {
        String declaration() {
            return loss == null
                    ? "@Output(layer = \"%s\")".formatted(layer)
                    : "@Output(layer = \"%s\", loss = Loss.%s, weight = %s)".formatted(layer, loss, weight);
        }
    }

    /** As a file of true values has it. */
    record Read(String name, @JsonProperty("inputs") List<Part> parts, List<Layer> layers, List<Output> outputs) {
        GraphNetwork declared() {
            String className = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            return new GraphNetwork(className, parts, layers, outputs, "");
        }
    }

    /** The same under another name, with more values. */
    public GraphNetwork with(String suffix, String more) {
        return new GraphNetwork(name + suffix, parts, layers, outputs, values + more);
    }

    /** The same without losses, so that only a frozen class is generated. */
    public GraphNetwork withoutLosses() {
        List<Output> plain = outputs.stream()
                .map(output -> new Output(output.layer(), null, 1))
                .toList();
        return new GraphNetwork(name, parts, layers, plain, values);
    }

    /** The number of units of a part or layer. */
    public int units(String source) {
        return parts.stream()
                .filter(part -> part.name().equals(source))
                .findFirst()
                .map(Part::units)
                .orElseGet(() -> units(layer(source)));
    }

    /** The number of units of a layer. */
    public int units(Layer layer) {
        return switch (layer.kind()) {
            case "DENSE" -> layer.weightsOf() == null ? layer.units() : units(layer(layer.weightsOf()));
            case "CONCATENATE" -> inputs(layer);
            default -> units(layer.from().get(0));
        };
    }

    /** The number of units that a layer reads. */
    public int inputs(Layer layer) {
        return layer.from().stream().mapToInt(this::units).sum();
    }

    /** The layer of a name. */
    public Layer layer(String of) {
        return layers.stream()
                .filter(layer -> layer.name().equals(of))
                .findFirst()
                .orElseThrow();
    }

    /** The qualified name of the annotated class. */
    public String declarationName() {
        return PACKAGE + "." + name;
    }

    /** The qualified name of the generated class. */
    public String networkName() {
        return declarationName() + "Network";
    }

    /** The source of the annotated class. */
    public String declaration() {
        return """
                package %s;

                import dev.chainrule.annotations.*;

                @Network(
                    parts = {
                        %s},
                    layers = {
                        %s},
                    outputs = {
                        %s}%s)
                final class %s {}
                """.formatted(
                        PACKAGE,
                        parts.stream().map(Part::declaration).collect(Collectors.joining(",\n        ")),
                        layers.stream().map(Layer::declaration).collect(Collectors.joining(",\n        ")),
                        outputs.stream().map(Output::declaration).collect(Collectors.joining(",\n        ")),
                        values,
                        name);
    }

    @Override
    public String toString() {
        return declaration();
    }
}
