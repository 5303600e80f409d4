package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.Shape;
import java.util.stream.Collectors;

/** A declared network as source text, to be compiled when the program runs. */
record Declaration(String simpleName, Shape shape, String unroll) {
    private static final String PACKAGE = "declared";

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
                        unroll = Unroll.%s)
                public interface %s {}
                """.formatted(PACKAGE, shape.inputs(), layers, unroll, simpleName);
    }
}
