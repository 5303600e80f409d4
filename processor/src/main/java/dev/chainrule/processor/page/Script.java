package dev.chainrule.processor.page;

import dev.chainrule.processor.derivation.Equation;
import dev.chainrule.processor.derivation.Expression;
import dev.chainrule.processor.derivation.Quantity;
import dev.chainrule.processor.derivation.Section;
import dev.chainrule.processor.derivation.Symbol;
import dev.chainrule.processor.model.Network;
import dev.chainrule.processor.rendering.JavaScriptRenderer;
import dev.chainrule.processor.routine.RecordAccess;
import dev.chainrule.processor.routine.Storage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The derivation as a script: a function that makes its arrays and gives them with what computes them. */
final class Script {
    private final Network network;
    private final Derivation derivation;
    private final JavaScriptRenderer renderer;

    private Script(Network network, Derivation derivation) {
        this.network = network;
        this.derivation = derivation;
        this.renderer = new JavaScriptRenderer(Storage.of(network, RecordAccess.ALONE));
    }

    static String of(Network network, Derivation derivation) {
        return new Script(network, derivation).text();
    }

    private String text() {
        Map<String, Integer> arrays = arrays();
        List<String> lines = new ArrayList<>();
        lines.add("function derivation(p, input, target) {");
        arrays.forEach((name, length) -> lines.add("const " + name + " = new Float64Array(" + length + ");"));
        lines.add("let " + String.join(", ", scalars()) + ";");
        lines.add("const sections = {");
        derivation.sections().map(renderer::method).forEach(method -> lines.add(method + ","));
        lines.add("};");
        lines.add("return {");
        lines.add("values: { input, target, " + String.join(", ", arrays.keySet()) + " },");
        Stream<Section> toError = Stream.concat(derivation.forward().stream(), Stream.of(derivation.error()));
        lines.add("forward() {" + calls(toError) + " return E; },");
        lines.add("backpropagation() {"
                + calls(Stream.concat(derivation.backpropagation().stream(), Stream.of(derivation.byInputs())))
                + " },");
        lines.add("fullGradient: {");
        for (Derivation.Paths paths : derivation.paths()) {
            lines.add(paths.name() + ": "
                    + renderer.function(paths.parameter(), paths.equation().right()) + ",");
        }
        lines.add("},");
        lines.add("links: {");
        for (Derivation.Paths paths : derivation.paths()) {
            if (paths.isOfWeights()) {
                lines.add(paths.name() + ": [");
                for (Expression.Link link : paths.chain().links()) {
                    lines.add(renderer.function(paths.variables(), link.value()) + ",");
                }
                lines.add("],");
            }
        }
        lines.add("},");
        lines.add("};");
        lines.add("}");
        return String.join("\n", lines);
    }

    private static String calls(Stream<Section> sections) {
        return sections.map(section -> " sections." + section.name() + "();").collect(Collectors.joining());
    }

    /** Every array that the sections assign to, with its length. */
    private Map<String, Integer> arrays() {
        Map<String, Integer> arrays = new LinkedHashMap<>();
        assigned().filter(symbol -> !symbol.indices().isEmpty()).forEach(symbol -> {
            if (symbol.quantity() == Quantity.ERROR_BY_WEIGHT || symbol.quantity() == Quantity.ERROR_BY_BIAS) {
                arrays.put("gradient", network.parameters());
            } else {
                boolean hasLayer = symbol.quantity().hasLayer();
                int length = hasLayer
                        ? network.units(symbol.layer())
                        : symbol.quantity() == Quantity.OUTPUT ? network.outputs() : network.inputs();
                arrays.put(renderer.array(symbol), length);
            }
        });
        return arrays;
    }

    private Collection<String> scalars() {
        return assigned()
                .filter(symbol -> symbol.indices().isEmpty())
                .map(Symbol::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<Symbol> assigned() {
        return derivation.sections().flatMap(Section::equations).map(Equation::left);
    }
}
