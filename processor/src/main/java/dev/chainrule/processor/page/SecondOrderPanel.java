package dev.chainrule.processor.page;

import dev.chainrule.processor.code.Operation;
import dev.chainrule.processor.code.Place;
import dev.chainrule.processor.code.RecordAccess;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.notation.MathMlRenderer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the page of a small network has besides: the second derivative by the chosen parameter, the Jacobian, and a method that
 * uses it. Its script is rendered from the equations that {@code hessianVector} and the Jacobians of a class are made of.
 */
final class SecondOrderPanel {
    /** The parameters of the largest network that has it unasked: a step of Levenberg-Marquardt takes their number cubed. */
    private static final int PARAMETERS = 100;

    /** The parameters of the largest network that has it where its derivatives are asked for. */
    private static final int MOST_PARAMETERS = 400;

    private static final String TANGENTS = "Tangents";

    private static final Pattern ROW_OF_ONE = Pattern.compile("<mrow>(<mi>\\w</mi>)</mrow>");

    private final Network network;
    private final Storage storage;
    private final JavaScriptRenderer renderer;

    /** How the gradient changes along a direction. */
    private final List<Section> product;

    private final List<Section> byInputs;
    private final List<Section> byParameters;

    /** By what they say, sections of which each is one function. */
    private final Map<List<Block>, Section> distinct = new LinkedHashMap<>();

    private SecondOrderPanel(Derivation derivation) {
        this.network = derivation.network();
        this.storage = Storage.of(network, RecordAccess.ALONE);
        this.renderer = new JavaScriptRenderer(storage);
        this.product = Operation.HESSIAN_VECTOR.sections(derivation);
        this.byInputs = Operation.OUTPUT_BY_INPUTS.sections(derivation);
        this.byParameters = Operation.OUTPUT_BY_PARAMETERS.sections(derivation);
        List.of(product, byInputs, byParameters)
                .forEach(some -> some.forEach(section -> distinct.putIfAbsent(section.blocks(), section)));
    }

    /** Whether the page of a network has it. */
    static boolean isIn(Network network, boolean isAskedFor) {
        return network.parameters() <= (isAskedFor ? MOST_PARAMETERS : PARAMETERS);
    }

    /** The equations, as HTML. */
    static String equations(Derivation derivation) {
        StringBuilder html = new StringBuilder();
        for (Section section : new SecondOrderPanel(derivation).product) {
            if (!section.name().endsWith(TANGENTS)) {
                continue;
            }
            html.append("<section class=\"step\"><h4>" + section.title() + "</h4>\n<div>");
            section.equations()
                    .forEach(equation -> html.append("<div class=\"equation\"><math display=\"block\">"
                            + brief(MathMlRenderer.equation(equation)) + "</math></div>"));
            html.append("</div></section>\n");
        }
        return html.toString();
    }

    /** Without what tells indices to scripts, which nothing asks for here, and the rows that carried it. */
    private static String brief(String equation) {
        String plain = equation.replaceAll(" data-index=\"\\w+\"", "");
        return ROW_OF_ONE.matcher(plain).replaceAll("$1");
    }

    /** The function {@code secondOrder} of the page's script. */
    static String script(Derivation derivation) {
        return new SecondOrderPanel(derivation).script();
    }

    private String script() {
        Collection<Section> sections = distinct.values();
        Map<String, Integer> arrays = new TreeMap<>(Map.of(
                "v",
                network.parameters(),
                "gradient",
                network.parameters(),
                "jacobian",
                network.outputs() * Math.max(network.inputs(), network.parameters())));
        Set<String> scalars = new TreeSet<>(List.of("row", "output"));
        for (Section section : sections) {
            for (Block block : section.blocks()) {
                block.equations().forEach(equation -> declare(equation, arrays, scalars));
            }
        }
        StringBuilder text = new StringBuilder("function secondOrder(p, input, target, constants) {\n");
        text.append("const [" + String.join(", ", arrays.keySet()) + "] = ")
                .append(List.copyOf(arrays.values()) + ".map((size) => new Float64Array(size));\n");
        text.append("let " + String.join(", ", scalars) + ";\nconst sections = {\n");
        sections.forEach(section -> text.append(brief(section)).append(",\n"));
        text.append("};\nreturn {\n");
        text.append("values: { v, jacobian, y: " + outputs() + " },\n");
        text.append("/** The second derivative of E times v. */\nproduct() { gradient.fill(0); ")
                .append(calls(product))
                .append("return gradient; },\n");
        text.append("/** A row for each output. */\n").append(jacobian("byInputs", byInputs, network.inputs()));
        text.append(jacobian("byParameters", byParameters, network.parameters()));
        return text.append("};\n}").toString();
    }

    /** A function that gives the outputs. */
    private String outputs() {
        StringBuilder values = new StringBuilder();
        network.outputLayers().forEach(layer -> values.append("...a" + layer.layer() + ", "));
        return "() => [" + values + "]";
    }

    /** A section's function without its title and what indents it. */
    private String brief(Section section) {
        return renderer.method(section).replaceFirst("// .*\n", "").replaceAll("(?m)^ +", "");
    }

    private String jacobian(String name, List<Section> sections, int columns) {
        return name + "() { jacobian.fill(0); for (output = 0; output * " + columns + " < " + columns
                + " * seed.length; output++) { row = output * " + columns + "; " + calls(sections)
                + "} return jacobian; },\n";
    }

    private String calls(List<Section> sections) {
        StringBuilder calls = new StringBuilder();
        sections.forEach(section ->
                calls.append("sections." + distinct.get(section.blocks()).name() + "(); "));
        return calls.toString();
    }

    /** Makes a place for what an equation assigns to. */
    private void declare(Equation equation, Map<String, Integer> arrays, Set<String> scalars) {
        Symbol left = equation.left();
        boolean isOfCaller = left.quantity().isGradient() || left.quantity().isEntry();
        if (isOfCaller) {
            return;
        }
        Place place = storage.place(left);
        if (place instanceof Place.Element element) {
            arrays.put(element.array(), storage.length(left));
        } else {
            scalars.add(left.name());
        }
    }
}
