package dev.chainrule.processor.page;

import dev.chainrule.processor.code.RecordAccess;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.LocalRule;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The derivation as a script: a function that makes its arrays and gives them with what computes them. */
final class Script {
    private final Network network;
    private final PageSections derivation;
    private final Links links;
    private final Steps steps;
    private final Mistakes mistakes;
    private final JavaScriptRenderer renderer;

    private Script(Network network, PageSections derivation, Links links, Steps steps, Mistakes mistakes) {
        this.network = network;
        this.derivation = derivation;
        this.links = links;
        this.steps = steps;
        this.mistakes = mistakes;
        this.renderer = new JavaScriptRenderer(Storage.of(network, RecordAccess.ALONE));
    }

    static String of(Network network, PageSections derivation, Links links, Steps steps, Mistakes mistakes) {
        return new Script(network, derivation, links, steps, mistakes).text();
    }

    /** The same of a network without a loss: the forward pass alone. */
    static String ofForward(Network network, List<Section> forward) {
        JavaScriptRenderer renderer = new JavaScriptRenderer(Storage.of(network, RecordAccess.ALONE));
        Places places = new Places(network, renderer, forward);
        List<String> lines = new ArrayList<>(places.head());
        forward.forEach(section -> lines.add(renderer.method(section) + ","));
        lines.add("};");
        lines.add("return {");
        lines.add(places.values());
        lines.add("forward() {" + calls(forward) + " },");
        lines.add("};");
        lines.add("}");
        return String.join("\n", lines);
    }

    private String text() {
        List<Section> sections = new ArrayList<>(derivation.toError());
        sections.addAll(derivation.fromError());
        Places places = new Places(network, renderer, sections);
        // Zeros where nothing is derived by an input
        places.arrays.putIfAbsent("inputGradient", network.inputs());
        List<String> lines = new ArrayList<>(places.head());
        for (Section section : sections) {
            lines.add(renderer.method(section) + ",");
        }
        for (Section section : mistakes.sections()) {
            lines.add(renderer.method(section) + ",");
        }
        lines.add("};");
        lines.add("return {");
        lines.add(places.values());
        lines.add("forward() {" + calls(derivation.toError()) + " return E; },");
        lines.add("backpropagation(right, wrong) {");
        lines.add("for (const name of [" + names(derivation.fromError()) + "]) {");
        lines.add("sections[name === right ? wrong : name]();");
        lines.add("}");
        lines.add("},");
        lines.add("slopes: {");
        derivation.forward().stream().flatMap(Section::equations).forEach(equation -> slope(lines, equation));
        lines.add("},");
        lines.add("links: [");
        links.functions(renderer).forEach(function -> lines.add(function + ","));
        lines.add("],");
        lines.add("steps: [");
        steps.functions(renderer).forEach(function -> lines.add(function + ","));
        lines.add("],");
        lines.add("};");
        lines.add("}");
        return String.join("\n", lines);
    }

    /** {@code 1: (j) => ...}: the derivative of a unit's value by its sum, where it depends on no other's. */
    private void slope(List<String> lines, Equation equation) {
        Symbol a = equation.left();
        if (a.quantity() == Quantity.ACTIVATION && equation.rule().orElseThrow() instanceof LocalRule.Slopes slopes) {
            Index.Variable unit = (Index.Variable) a.indices().get(0);
            Expression slope = slopes.by().getOrDefault(Symbol.preActivation(a.layer(), unit), Expression.ZERO);
            lines.add(a.layer() + ": " + renderer.function(List.of(unit), slope) + ",");
        }
    }

    private static String calls(List<Section> sections) {
        StringBuilder calls = new StringBuilder();
        for (Section section : sections) {
            calls.append(" sections.").append(section.name()).append("();");
        }
        return calls.toString();
    }

    private static String names(List<Section> sections) {
        return sections.stream().map(section -> '"' + section.name() + '"').collect(Collectors.joining(", "));
    }

    /** Places for what sections assign to: arrays with their lengths, and variables. */
    private static final class Places {
        private final Network network;
        private final JavaScriptRenderer renderer;
        private final Map<String, Integer> arrays = new LinkedHashMap<>();
        private final Set<String> scalars = new LinkedHashSet<>();

        Places(Network network, JavaScriptRenderer renderer, List<Section> sections) {
            this.network = network;
            this.renderer = renderer;
            sections.stream().flatMap(Section::equations).map(Equation::left).forEach(this::add);
        }

        private void add(Symbol symbol) {
            if (symbol.indices().isEmpty()) {
                scalars.add(symbol.name());
                return;
            }
            int length = switch (symbol.quantity()) {
                case ERROR_BY_WEIGHT, ERROR_BY_BIAS, ERROR_BY_TRAINABLE -> network.parameters();
                case ERROR_BY_INPUT -> network.inputs();
                case CATEGORY -> network.part(symbol.label()).units();
                case OUTPUT -> network.outputs();
                default -> network.units(symbol.layer());
            };
            arrays.put(renderer.array(symbol), length);
        }

        /** The beginning of the function, up to the sections. */
        List<String> head() {
            List<String> lines = new ArrayList<>();
            lines.add("function derivation(p, input, target, constants) {");
            arrays.forEach((name, length) -> lines.add("const " + name + " = new Float64Array(" + length + ");"));
            if (!scalars.isEmpty()) {
                lines.add("let " + String.join(", ", scalars) + ";");
            }
            lines.add("const sections = {");
            return lines;
        }

        /** What is known by its name outside. */
        String values() {
            return "values: { input, target, constants, " + String.join(", ", arrays.keySet()) + " },";
        }
    }
}
