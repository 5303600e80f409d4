package dev.chainrule.samples.documents;

/** One panel of a drawing: the graph of the 3-4-4-1 network with its numbers, and a legend. */
final class MlpDrawing {
    static final int WIDTH = 980;
    static final int HEIGHT = 500;

    private static final int LEFT = 90;
    private static final int BETWEEN_LAYERS = 265;
    private static final int BETWEEN_UNITS = 92;
    private static final int MIDDLE = 225;
    private static final int LEGEND = 450;
    private static final int RADIUS = 27;

    /** At a fifth of their way, lines from up to four units to up to four others are evenly apart: room for a label each. */
    private static final double LABEL = 0.2;

    private final Svg svg;
    private final int top;
    private final MlpGraph graph;
    private final String prefix;
    private final String unitName;
    private final NumberScale unitScale;
    private final NumberScale parameterScale;

    private MlpDrawing(Svg svg, int top, MlpGraph graph, String prefix, String unitName) {
        this.svg = svg;
        this.top = top;
        this.graph = graph;
        this.prefix = prefix;
        this.unitName = unitName;
        this.unitScale = new NumberScale(graph.largestUnit());
        this.parameterScale = new NumberScale(graph.largestParameter());
    }

    /** A drawing of two panels: values above, gradients below. */
    static Svg of(String title, MlpGraph values, MlpGraph gradients) {
        int titleHeight = 56;
        Svg svg = new Svg(WIDTH, titleHeight + 2 * HEIGHT);
        svg.text(24, 28, 18, false, title);
        new MlpDrawing(svg, titleHeight, values, "", "a")
                .draw("Values: inputs x and activations a in the units, biases b below them, weights w on the lines");
        new MlpDrawing(svg, titleHeight + HEIGHT, gradients, "dE/d", "z")
                .draw("Gradients: dE/dx and dE/dz in the units (dE/db is dE/dz), dE/dw on the lines");
        return svg;
    }

    private void draw(String heading) {
        svg.text(24, top + 8, 15, false, heading);
        for (int layer = 1; layer <= graph.layout().layers(); layer++) {
            drawWeights(layer);
        }
        for (int layer = 0; layer <= graph.layout().layers(); layer++) {
            drawUnits(layer);
        }
        drawLegend();
    }

    /** All lines first, so that none crosses a label. */
    private void drawWeights(int layer) {
        for (int from = 0; from < graph.layout().units(layer - 1); from++) {
            for (int to = 0; to < graph.layout().units(layer); to++) {
                double weight = graph.weight(layer, from, to);
                String name = prefix + "w" + layer + "_" + from + "_" + to;
                svg.line(
                        x(layer - 1),
                        y(layer - 1, from),
                        x(layer),
                        y(layer, to),
                        NumberScale.color(weight),
                        parameterScale.thickness(weight),
                        name + " = " + weight);
            }
        }
        for (int from = 0; from < graph.layout().units(layer - 1); from++) {
            for (int to = 0; to < graph.layout().units(layer); to++) {
                double y = y(layer - 1, from) + LABEL * (y(layer, to) - y(layer - 1, from));
                String weight = parameterScale.text(graph.weight(layer, from, to));
                svg.text(x(layer - 1) + LABEL * BETWEEN_LAYERS, y, 12, true, weight);
            }
        }
    }

    private void drawUnits(int layer) {
        for (int unit = 0; unit < graph.layout().units(layer); unit++) {
            double value = graph.units()[layer][unit];
            String name = prefix + (layer == 0 ? "x" : unitName + layer) + "_" + unit;
            svg.circle(x(layer), y(layer, unit), RADIUS, unitScale.fill(value), name + " = " + value);
            svg.text(x(layer), y(layer, unit), 13, true, unitScale.text(value));
            svg.text(x(layer), y(layer, unit) - RADIUS - 9, 12, true, name);
            if (layer > 0 && prefix.isEmpty()) {
                String bias = "b " + parameterScale.text(graph.bias(layer, unit));
                svg.text(x(layer), y(layer, unit) + RADIUS + 9, 12, true, bias);
            }
        }
    }

    /** Lines and units from the least number to the greatest. */
    private void drawLegend() {
        int y = top + LEGEND;
        svg.text(24, y, 13, false, "lines: " + prefix + "w");
        svg.text(520, y, 13, false, "units");
        for (int step = -2; step <= 2; step++) {
            double weight = step / 2.0 * graph.largestParameter();
            double x = 280 + step * 62;
            svg.line(x - 24, y, x + 24, y, NumberScale.color(weight), parameterScale.thickness(weight), "");
            svg.text(x, y + 20, 12, true, parameterScale.text(weight));
            double value = step / 2.0 * graph.largestUnit();
            double unitX = 740 + step * 62;
            svg.circle(unitX, y, 10, unitScale.fill(value), "");
            svg.text(unitX, y + 20, 12, true, unitScale.text(value));
        }
    }

    private static double x(int layer) {
        return LEFT + layer * BETWEEN_LAYERS;
    }

    private double y(int layer, int unit) {
        return top + MIDDLE + (unit - (graph.layout().units(layer) - 1) / 2.0) * BETWEEN_UNITS;
    }
}
