package dev.chainrule.processor.page;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.notation.MathMlRenderer;
import dev.chainrule.processor.notation.MatrixRenderer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The equations of a page, as HTML. */
final class Equations {
    private Equations() {}

    /** Sections with their equations, each unit by unit and in matrices. */
    static String of(List<Section> sections) {
        StringBuilder html = new StringBuilder();
        for (Section section : sections) {
            StringBuilder units = new StringBuilder();
            StringBuilder matrices = new StringBuilder();
            for (Block block : section.blocks()) {
                for (Equation equation : block.equations()) {
                    String tag = tag(section, equation);
                    line(units, MathMlRenderer.equation(equation), tag);
                    line(matrices, MatrixRenderer.equation(equation), tag);
                }
            }
            html.append("<section class=\"step\"><h4>").append(section.title()).append("</h4>\n");
            html.append("<div class=\"units\">").append(units).append("</div>\n");
            html.append("<div class=\"matrices\">").append(matrices).append("</div></section>\n");
        }
        return html.toString();
    }

    private static void line(StringBuilder html, String equation, String tag) {
        html.append("<div class=\"equation\"><math display=\"block\">").append(equation);
        html.append("</math>").append(tag).append("</div>");
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

    /**
     * The full gradients, as JSON takes them; of the links of those by biases only the last, which alone is not that of
     * weights.
     */
    static Map<String, Object> paths(List<PageSections.Paths> all) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (PageSections.Paths paths : all) {
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

    private static List<Expression.Link> lastOf(PageSections.Paths paths) {
        List<Expression.Link> links = paths.chain().links();
        return links.subList(links.size() - 1, links.size());
    }
}
