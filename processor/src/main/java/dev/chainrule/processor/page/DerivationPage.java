package dev.chainrule.processor.page;

import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.java.JavaSource;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A network's derivation as a page of HTML that needs nothing but itself: drawing, equations, numbers that follow what is typed,
 * the way from a parameter to the error, the generated source and what all costs. Its arithmetic is the equations, rendered as a
 * script; {@code page.html}, {@code page.css} and the scripts beside it are the same for all networks.
 */
public final class DerivationPage {
    /** The parameters of the largest network with a page, as the page holds several numbers for each. */
    public static final int PARAMETERS = 1_000_000;

    /** The source that a page shows, in characters: a longer one is to be read in its file. */
    private static final int SOURCE = 1_000_000;

    /** In this order; each has one job. Those that push to {@code panels} of state.js are parts of the page with a life of their own. */
    private static final List<String> SCRIPTS = List.of(
            "numbers.js",
            "graph.js",
            "state.js",
            "mistakes.js",
            "records.js",
            "maps.js",
            "descent.js",
            "drawing.js",
            "path.js",
            "source.js",
            "tables.js",
            "bill.js",
            "second.js",
            "tensors.js",
            "weights.js",
            "steps.js",
            "predict.js",
            "breaking.js",
            "handing.js",
            "address.js");

    private static final String CONSTANTS =
            "<label>Constants <textarea data-all=\"constants\" rows=\"2\" spellcheck=\"false\"></textarea></label>";

    private DerivationPage() {}

    /** Whether there is a way from each weight to the error, which a page shows: {@code sign(z)} lets none through. */
    public static boolean hasPaths(Derivation derivation) {
        if (!derivation.hasPaths()) {
            return true; // so many that they are not written
        }
        long matrices = derivation.paths().stream()
                .flatMap(Section::equations)
                .map(Equation::left)
                .filter(left -> left.quantity() == Quantity.ERROR_BY_WEIGHT)
                .map(Symbol::layer)
                .distinct()
                .count();
        return matrices > 0
                && matrices
                        == derivation.network().layers().stream()
                                .filter(Layer::ownsWeights)
                                .count();
    }

    /**
     * The page's text, in ASCII.
     *
     * @param isSecondOrder whether derivatives besides the gradient are asked for, which the pages of larger networks show then
     * @param numbers that it begins with: the parameters, and then the constants; or none
     * @param ensured what is proved, where anything is to be
     */
    public static String of(
            GeneratedType type,
            Derivation all,
            Program program,
            JavaSource source,
            boolean isSecondOrder,
            double[] numbers,
            Optional<Ensured> ensured) {
        Network network = all.network();
        PageSections derivation = PageSections.of(all);
        Equations equations = new Equations(network);
        Links links = Links.of(derivation, equations.matrices());
        Steps steps = Steps.of(derivation, all.paths());
        Mistakes mistakes = Mistakes.of(network, derivation);
        Optional<PropertyPanel> properties = ensured.map(PropertyPanel::new);
        boolean isShown = source.text().length() <= SOURCE;
        Map<String, Object> data = Json.object(
                "name",
                type.name(),
                "topology",
                network.topology(),
                "inputs",
                network.inputs(),
                "parameters",
                network.parameters(),
                "constants",
                network.constants(),
                "numbers",
                Template.encoded(numbers),
                "isChain",
                network.isChain(),
                "parts",
                GraphJson.parts(network),
                "layers",
                GraphJson.layers(network),
                "outputs",
                GraphJson.outputs(network),
                "links",
                links.derivatives(),
                "paths",
                links.paths(),
                "mistakes",
                mistakes.json(),
                "steps",
                steps.json(),
                "fullGradient",
                steps.fullGradient(),
                "methods",
                isShown ? SourceLines.of(source, program) : List.of(),
                "bill",
                Bill.of(all, program));
        properties.ifPresent(panel -> data.put("record", panel.record()));
        List<Section> forward = derivation.forward();
        boolean hasSecond = SecondOrderPanel.isIn(network, isSecondOrder);
        Map<String, String> parts = Map.ofEntries(
                Map.entry("name", Html.escaped(type.name())),
                Map.entry("declared", Html.escaped(type.declaredName())),
                Map.entry("topology", Html.escaped(network.topology())),
                Map.entry("parameters", Integer.toString(network.parameters())),
                Map.entry("layer", layerField(network)),
                Map.entry("constants", network.constants() > 0 ? CONSTANTS : ""),
                Map.entry("forward", equations.of(forward.subList(0, forward.size() - 1))),
                Map.entry("error", equations.of(List.of(derivation.error()))),
                Map.entry("backpropagation", equations.of(derivation.backpropagation())),
                Map.entry("by-inputs", byInputs(derivation, equations)),
                Map.entry(
                        "second-order",
                        hasSecond
                                ? Template.filled(
                                        Template.resource("second.html"),
                                        Map.of("second-equations", SecondOrderPanel.equations(all)))
                                : ""),
                Map.entry("properties-link", properties.isEmpty() ? "" : PropertyPanel.LINK),
                Map.entry("properties", properties.map(PropertyPanel::section).orElse("")),
                Map.entry("style", Template.STYLE + (properties.isEmpty() ? "" : PropertyPanel.style())),
                Map.entry("java", isShown ? source.text() : ""),
                Map.entry("data", Json.of(data)),
                Map.entry(
                        "derivation",
                        Script.of(network, derivation, links, steps, mistakes)
                                + (hasSecond ? "\n\n" + SecondOrderPanel.script(all) : "")),
                Map.entry("scripts", Shared.TEXT),
                Map.entry(
                        "properties-script",
                        properties.map(PropertyPanel::script).orElse("")),
                Map.entry("start", Shared.START));
        return Template.filled(Shared.TEMPLATE, parts);
    }

    private static String byInputs(PageSections derivation, Equations equations) {
        return derivation.byInputs().isEmpty()
                ? "<p class=\"note\">The error has no derivative by an input here.</p>"
                : equations.of(derivation.byInputs());
    }

    /** Which layer a parameter is of: a number, or in a graph one of those with parameters. */
    private static String layerField(Network network) {
        if (network.isChain()) {
            return "<input id=\"layer\" class=\"index\" type=\"number\" min=\"1\" max=\"" + network.depth() + "\">";
        }
        StringBuilder options = new StringBuilder();
        for (int number = 1; number <= network.depth(); number++) {
            if (network.layer(number).parameters() > 0) {
                options.append("<option value=\"" + number + "\">" + number + ": " + Html.escaped(network.name(number))
                        + "</option>");
            }
        }
        return "<select id=\"layer\">" + options + "</select>";
    }

    /** What is the same in all pages, read when the first one is written. */
    private static final class Shared {
        static final String TEMPLATE = Template.stripped("page.html");
        static final String TEXT = Template.scripts(SCRIPTS);

        /** What starts all of them. */
        static final String START = Template.script("page.js");
    }
}
