package dev.chainrule.processor.page;

import dev.chainrule.processor.derivation.Equation;
import dev.chainrule.processor.derivation.Expression;
import dev.chainrule.processor.derivation.Index;
import dev.chainrule.processor.derivation.Quantity;
import dev.chainrule.processor.derivation.Section;
import dev.chainrule.processor.rendering.MathMlRenderer;
import dev.chainrule.processor.rendering.MatrixRenderer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The equations of a page, as HTML. */
final class Equations {
    private Equations() {}

    /** Sections with their equations, each unit by unit and in matrices. */
    static String of(List<Section> sections) {
        return sections.stream().map(Equations::section).collect(Collectors.joining("\n"));
    }

    private static String section(Section section) {
        return "<section class=\"step\"><h4>" + section.title() + "</h4>"
                + math("units", section, MathMlRenderer::equation)
                + math("matrices", section, MatrixRenderer::equation) + "</section>";
    }

    private static String math(String form, Section section, Function<Equation, String> renderer) {
        return "<div class=\"" + form + "\">"
                + section.equations()
                        .map(equation -> "<div class=\"equation\">" + math(renderer.apply(equation))
                                + tag(section, equation) + "</div>")
                        .collect(Collectors.joining())
                + "</div>";
    }

    /** Which of the four equations of backpropagation an equation belongs to. */
    private static String tag(Section section, Equation equation) {
        Quantity left = equation.left().quantity();
        String number = "";
        if (left == Quantity.ERROR_BY_WEIGHT) {
            number = "4";
        } else if (left == Quantity.ERROR_BY_BIAS) {
            number = "3";
        } else if (left == Quantity.DELTA) {
            boolean isOutput = equation.left().layer() == section.layer();
            number = isOutput ? "1" : "2";
        }
        return number.isEmpty() ? "" : "<span class=\"tag\">(BP" + number + ")</span>";
    }

    private static String math(String content) {
        return "<math display=\"block\">" + content + "</math>";
    }

    /** The full gradients, as JSON takes them; of the links of those by biases only the last, which alone is not that of weights. */
    static Map<String, Object> paths(List<Derivation.Paths> all) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Derivation.Paths paths : all) {
            List<Map<String, Object>> links = new ArrayList<>();
            for (Expression.Link link : paths.isOfWeights() ? paths.chain().links() : lastOf(paths)) {
                links.add(Json.object(
                        "derivative",
                        MathMlRenderer.derivative(link),
                        "value",
                        MathMlRenderer.of(link.value()),
                        "delta",
                        link.by().quantity() == Quantity.PRE_ACTIVATION
                                ? link.by().layer()
                                : 0));
            }
            List<List<Object>> units = new ArrayList<>();
            for (Index.Variable unit : paths.units()) {
                units.add(List.of(unit.name(), unit.size()));
            }
            json.put(
                    paths.name(),
                    Json.object(
                            "units",
                            units,
                            "links",
                            links,
                            "equation",
                            MathMlRenderer.equation(paths.equation()),
                            "matrix",
                            MatrixRenderer.equation(paths.equation())));
        }
        return json;
    }

    private static List<Expression.Link> lastOf(Derivation.Paths paths) {
        List<Expression.Link> links = paths.chain().links();
        return links.subList(links.size() - 1, links.size());
    }
}
