package dev.chainrule.samples.documents;

import java.util.HashMap;
import java.util.Map;

/**
 * Draws an expression graph, a tree, as a Scalable Vector Graphics file: numbers in boxes with the derivative of the last one by
 * each, operations in circles, and on each line the local derivative. Blue is above 0 and orange below.
 */
final class GraphDrawing {
    private static final int MARGIN = 24;
    private static final int TITLE_HEIGHT = 64;
    private static final int BOX_WIDTH = 150;
    private static final int BOX_HEIGHT = 66;
    private static final int BETWEEN_COLUMNS = 158;
    private static final int BETWEEN_ROWS = 22;

    /** From an operation to the number that it makes. */
    private static final int OPERATION = 38;

    private static final String POSITIVE = "#0072b2";
    private static final String NEGATIVE = "#b84a00";
    private static final String SOFT = "#565e69";

    private final StringBuilder lines = new StringBuilder();
    private final StringBuilder boxes = new StringBuilder();
    private final Map<GraphNode, Double> middles = new HashMap<>();
    private int rows;

    private GraphDrawing() {}

    /** The text of the file, to be written in UTF-8; {@link GraphNode#backward} has been called. */
    static String svg(String title, GraphNode last) {
        GraphDrawing drawing = new GraphDrawing();
        drawing.draw(last, columns(last) - 1);
        int width = 2 * MARGIN + columns(last) * BOX_WIDTH + (columns(last) - 1) * BETWEEN_COLUMNS;
        int height = TITLE_HEIGHT + drawing.rows * (BOX_HEIGHT + BETWEEN_ROWS) + MARGIN;
        return Program.text(
                        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d'"
                                + " font-family='sans-serif'>%n<rect width='100%%' height='100%%' fill='white'/>%n",
                        width, height, width, height)
                + text(MARGIN, 32, "start", "#111", "font-size='18' font-weight='bold'", title)
                + drawing.lines
                + drawing.boxes
                + "</svg>\n";
    }

    private static int columns(GraphNode node) {
        return 1
                + node.operands().stream().mapToInt(GraphDrawing::columns).max().orElse(0);
    }

    /** Numbers without operands take a row each; others stand in the middle of theirs. */
    private void draw(GraphNode node, int column) {
        node.operands().forEach(operand -> draw(operand, column - 1));
        double middle = node.operands().isEmpty()
                ? TITLE_HEIGHT + (rows++ + 0.5) * (BOX_HEIGHT + BETWEEN_ROWS)
                : node.operands().stream().mapToDouble(middles::get).average().orElseThrow();
        middles.put(node, middle);
        double left = MARGIN + column * (BOX_WIDTH + BETWEEN_COLUMNS);
        if (!node.operands().isEmpty()) {
            drawOperation(node, left, middle);
        }
        drawNumber(node, left, middle);
    }

    private void drawOperation(GraphNode node, double left, double middle) {
        double x = left - OPERATION;
        line(x, middle, left, middle);
        for (int k = 0; k < node.operands().size(); k++) {
            GraphNode operand = node.operands().get(k);
            double from = left - BETWEEN_COLUMNS;
            double y = middles.get(operand);
            line(from, y, x, middle);
            double local = node.locals().get(k);
            // Nearer to the operand, where the lines to one operation are still apart
            boxes.append(text(
                    from + (x - from) * 0.4,
                    y + (middle - y) * 0.4,
                    "middle",
                    color(local),
                    "font-size='13' stroke='white' stroke-width='5' paint-order='stroke'",
                    Program.text("%.4f", local)));
        }
        boxes.append(Program.text(
                "<circle cx='%.1f' cy='%.1f' r='19' fill='#f4f5f7' stroke='#333' stroke-width='1.2'/>%n", x, middle));
        boxes.append(text(x, middle, "middle", "#111", "font-size='14'", node.operation()));
    }

    private void drawNumber(GraphNode node, double left, double middle) {
        double top = middle - BOX_HEIGHT / 2.0;
        boxes.append(Program.text(
                "<rect x='%.1f' y='%.1f' width='%d' height='%d' rx='7' fill='%s' stroke='#333' stroke-width='1.2'/>%n",
                left, top, BOX_WIDTH, BOX_HEIGHT, node.operands().isEmpty() ? "#e6eefb" : "white"));
        boxes.append(text(left + 10, top + 15, "start", "#111", "font-size='13' font-weight='bold'", node.name()));
        row(left, top + 35, "value", node.value(), "#111");
        row(left, top + 53, "gradient", node.gradient(), color(node.gradient()));
    }

    private void row(double left, double y, String label, double number, String color) {
        boxes.append(text(left + 10, y, "start", SOFT, "font-size='12'", label));
        boxes.append(
                text(left + BOX_WIDTH - 10, y, "end", color, "font-size='13'", Program.text("%.4f", number + 0.0)));
    }

    private void line(double x1, double y1, double x2, double y2) {
        lines.append(Program.text(
                "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='#888' stroke-width='1.5'/>%n", x1, y1, x2, y2));
    }

    private static String text(double x, double y, String anchor, String color, String style, String text) {
        return Program.text(
                "<text x='%.1f' y='%.1f' dy='0.35em' text-anchor='%s' fill='%s' %s>%s</text>%n",
                x, y, anchor, color, style, text);
    }

    private static String color(double number) {
        if (number == 0) {
            return SOFT;
        }
        return number < 0 ? NEGATIVE : POSITIVE;
    }
}
