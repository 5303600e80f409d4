package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.Shape;
import java.util.stream.Collectors;

/**
 * A declared network as source text, to be compiled when the program runs.
 *
 * @param values more values of the annotation, each after a comma
 * @param members what the declaring type holds
 */
record Declaration(String simpleName, Shape shape, String unroll, String values, String members) {
    static final String PACKAGE = "declared";

    Declaration(String simpleName, Shape shape, String unroll) {
        this(simpleName, shape, unroll, "", "");
    }

    String generatedName() {
        return PACKAGE + "." + simpleName + "Network";
    }

    String source() {
        String layers = shape.layers().stream()
                .map(layer -> "@Layer(units = %d, activation = Activation.%s)".formatted(layer.units(), layer.unit()))
                .collect(Collectors.joining(",\n            "));
        return """
                package %s;

                import dev.chainrule.annotations.*;

                @Network(
                        inputs = %d,
                        layers = {
                            %s
                        },
                        loss = Loss.SUM_OF_SQUARES,
                        unroll = Unroll.%s%s)
                public interface %s {%s}
                """.formatted(PACKAGE, shape.inputs(), layers, unroll, values, simpleName, members);
    }
}
