package dev.chainrule.processor.page;

import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.java.JavaSource;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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

    private static final List<String> SCRIPTS =
            List.of("numbers.js", "drawing.js", "path.js", "source.js", "tables.js", "bill.js", "page.js");

    private DerivationPage() {}

    /** Whether there is a way from each weight to the error, which a page shows: {@code sign(z)} lets none through. */
    public static boolean hasPaths(Derivation derivation) {
        long layers = derivation.paths().stream()
                .filter(section -> section.equations()
                        .anyMatch(equation -> equation.left().quantity() == Quantity.ERROR_BY_WEIGHT))
                .count();
        return layers == derivation.network().depth();
    }

    /** The page's text, in ASCII. */
    public static String of(GeneratedType type, Derivation all, Program program, JavaSource source) {
        Network network = all.network();
        PageSections derivation = PageSections.of(all);
        boolean isShown = source.text().length() <= SOURCE;
        Map<String, Object> data = Json.object(
                "name",
                type.name(),
                "inputs",
                network.inputs(),
                "parameters",
                network.parameters(),
                "layers",
                layers(network),
                "loss",
                network.outputLayers().get(0).loss().orElseThrow().text(),
                "paths",
                Equations.paths(derivation.paths()),
                "methods",
                isShown ? SourceLines.of(source, program) : List.of(),
                "bill",
                Bill.of(all, program));
        List<Section> forward = derivation.forward();
        Map<String, String> parts = Map.ofEntries(
                Map.entry("name", Html.escaped(type.name())),
                Map.entry("declared", Html.escaped(type.declaredName())),
                Map.entry("topology", Html.escaped(network.topology())),
                Map.entry("parameters", Integer.toString(network.parameters())),
                Map.entry("depth", Integer.toString(network.depth())),
                Map.entry("forward", Equations.of(forward.subList(0, forward.size() - 1))),
                Map.entry("error", Equations.of(List.of(derivation.error()))),
                Map.entry("backpropagation", Equations.of(derivation.backpropagation())),
                Map.entry("by-inputs", Equations.of(derivation.byInputs())),
                Map.entry("style", resource("page.css")),
                Map.entry("java", isShown ? source.text() : ""),
                Map.entry("data", Json.of(data)),
                Map.entry("derivation", Script.of(network, derivation)),
                Map.entry("scripts", scripts()));
        return filled(resource("page.html"), parts);
    }

    /** The template with a part in the place of each <code>{{name}}</code>. */
    private static String filled(String template, Map<String, String> parts) {
        StringBuilder page = new StringBuilder(1 << 18);
        int from = 0;
        for (int start = template.indexOf("{{"); start >= 0; start = template.indexOf("{{", from)) {
            int end = template.indexOf("}}", start);
            page.append(template.substring(from, start)).append(parts.get(template.substring(start + 2, end)));
            from = end + 2;
        }
        return page.append(template.substring(from)).toString();
    }

    private static List<Map<String, Object>> layers(Network network) {
        List<Map<String, Object>> layers = new ArrayList<>();
        for (Layer layer : network.layers()) {
            layers.add(layer(layer));
        }
        return layers;
    }

    private static Map<String, Object> layer(Layer layer) {
        List<String> rows = new ArrayList<>(layer.bias() ? List.of("bias") : List.of());
        rows.addAll(layer.activation().letters().keySet());
        return Json.object(
                "units",
                layer.units(),
                "activation",
                Html.escaped(layer.activation().words()),
                "bias",
                layer.bias(),
                "rows",
                rows,
                "first",
                List.copyOf(layer.activation().letters().values()),
                "offset",
                layer.offset());
    }

    private static String scripts() {
        StringBuilder scripts = new StringBuilder();
        for (String name : SCRIPTS) {
            scripts.append(resource(name)).append('\n');
        }
        return scripts.toString();
    }

    /** What is in ASCII is in Latin-1 as well, as which strings take bytes in as they are. */
    private static String resource(String name) {
        try (InputStream stream = DerivationPage.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
