package dev.chainrule.processor.page;

import dev.chainrule.annotations.LayerKind;
import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.notation.MathMlRenderer;
import dev.chainrule.processor.notation.MatrixRenderer;
import java.util.ArrayList;
import java.util.List;

/** The equations of a page, as HTML. */
final class Equations {
    private final Network network;
    private final MatrixRenderer matrices;

    Equations(Network network) {
        this.network = network;
        this.matrices = MatrixRenderer.of(this::size);
    }

    /** Writes equations in matrices. */
    MatrixRenderer matrices() {
        return matrices;
    }

    /** How many values a symbol's first index goes through in all. */
    private int size(Symbol symbol) {
        Quantity of = symbol.quantity().isDerivative() ? symbol.quantity().by() : symbol.quantity();
        return switch (of) {
            case WEIGHT -> network.layer(symbol.layer()).inputs();
            case CATEGORY -> network.part(symbol.label()).units();
            case TARGET, OUTPUT -> network.outputs();
            default -> network.units(symbol.layer());
        };
    }

    /** Sections with their equations, each unit by unit and in matrices. */
    String of(List<Section> sections) {
        StringBuilder html = new StringBuilder();
        for (Section section : sections) {
            StringBuilder units = new StringBuilder();
            StringBuilder inMatrices = new StringBuilder();
            List<Expression> parts = new ArrayList<>();
            for (Block block : section.blocks()) {
                for (Equation equation : block.together()) {
                    String tag = tag(section, equation);
                    line(units, MathMlRenderer.equation(equation), tag);
                    if (isPart(equation)) {
                        parts.add(equation.right());
                    } else {
                        sideBySide(inMatrices, section, parts);
                        line(inMatrices, matrices.rendered(equation), tag);
                    }
                }
            }
            html.append("<section class=\"step\"><h4>").append(title(section)).append("</h4>\n");
            html.append("<div class=\"units\">").append(units).append("</div>\n");
            html.append("<div class=\"matrices\">").append(inMatrices).append("</div></section>\n");
        }
        return html.toString();
    }

    /** With the name of a layer, where it has one. */
    private String title(Section section) {
        boolean isForward = section.name().equals("forward" + section.layer());
        return isForward && !network.layer(section.layer()).name().isEmpty()
                ? section.title() + ": " + Html.escaped(network.name(section.layer()))
                : section.title();
    }

    /** Whether an equation copies one of the sources of a layer that has them side by side. */
    private boolean isPart(Equation equation) {
        return equation.left().quantity() == Quantity.PRE_ACTIVATION
                && network.layer(equation.left().layer()).kind() == LayerKind.CONCATENATE;
    }

    /** What the parts of a layer are in one equation, once they are all there. */
    private void sideBySide(StringBuilder html, Section section, List<Expression> parts) {
        if (!parts.isEmpty()) {
            Index.Variable all = new Index.Variable("j", network.units(section.layer()));
            line(html, matrices.sideBySide(Symbol.preActivation(section.layer(), all), parts), "");
            parts.clear();
        }
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
}
