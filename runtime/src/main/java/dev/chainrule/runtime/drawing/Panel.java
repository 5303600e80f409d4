package dev.chainrule.runtime.drawing;

/** One panel of a drawing: the graph of a network with a number for each unit and line, and a legend. */
final class Panel {
    private static final int MARGIN = 24;
    private static final int HEADING = 8;

    /** From the top of the panel to the tallest column: the heading, and the name of the first unit. */
    private static final int ABOVE_UNITS = 60;

    /** From the tallest column to the legend: the bias of the last unit, and some air. */
    private static final int ABOVE_LEGEND = 56;

    private static final int LEGEND_HEIGHT = 50;

    /** The legend needs it. */
    private static final int LEAST_WIDTH = 980;

    /** At a fifth of their way, lines from up to four units to up to four others are evenly apart: room for a label each. */
    private static final double LABEL = 0.2;

    private static final int MOST_LABELS = 16;

    private final Svg svg;
    private final double top;
    private final Columns columns;
    private final Numbers numbers;
    private final String prefix;
    private final String unitName;
    private final NumberScale unitScale;
    private final NumberScale parameterScale;

    /**
     * @param prefix before the names of numbers: {@code dE/d}
     * @param unitName the letter of a unit's number
     */
    Panel(Svg svg, double top, Columns columns, Numbers numbers, String prefix, String unitName) {
        this.svg = svg;
        this.top = top;
        this.columns = columns;
        this.numbers = numbers;
        this.prefix = prefix;
        this.unitName = unitName;
        this.unitScale = new NumberScale(numbers.largestUnit());
        this.parameterScale = new NumberScale(numbers.largestParameter());
    }

    static int width(Columns columns) {
        return (int) Math.max(LEAST_WIDTH, columns.width());
    }

    static int height(Columns columns) {
        return (int) (ABOVE_UNITS + columns.height() + ABOVE_LEGEND + LEGEND_HEIGHT);
    }

    void draw(String heading) {
        svg.text(MARGIN, top + HEADING, 15, false, heading);
        int layers = columns.layout().layers();
        for (int layer = 1; layer <= layers; layer++) {
            drawWeights(layer);
        }
        for (int layer = 1; layer <= layers; layer++) {
            if (columns.units(layer - 1).length * columns.units(layer).length <= MOST_LABELS) {
                labelWeights(layer);
            }
        }
        for (int layer = 0; layer <= layers; layer++) {
            drawUnits(layer);
        }
        drawLegend();
    }

    /** All lines first, so that none crosses a label. */
    private void drawWeights(int layer) {
        int[] from = columns.units(layer - 1);
        int[] to = columns.units(layer);
        for (int i = 0; i < from.length; i++) {
            for (int j = 0; j < to.length; j++) {
                double weight = numbers.weight(layer, from[i], to[j]);
                svg.line(
                        Columns.x(layer - 1),
                        y(layer - 1, i),
                        Columns.x(layer),
                        y(layer, j),
                        NumberScale.color(weight),
                        parameterScale.thickness(weight),
                        prefix + "w" + layer + "_" + from[i] + "_" + to[j] + " = " + weight);
            }
        }
    }

    private void labelWeights(int layer) {
        int[] from = columns.units(layer - 1);
        int[] to = columns.units(layer);
        for (int i = 0; i < from.length; i++) {
            for (int j = 0; j < to.length; j++) {
                double y = y(layer - 1, i) + LABEL * (y(layer, j) - y(layer - 1, i));
                String weight = parameterScale.text(numbers.weight(layer, from[i], to[j]));
                svg.text(Columns.x(layer - 1) + LABEL * Columns.BETWEEN_LAYERS, y, 12, true, weight);
            }
        }
    }

    private void drawUnits(int layer) {
        int[] units = columns.units(layer);
        double x = Columns.x(layer);
        for (int i = 0; i < units.length; i++) {
            double value = numbers.units()[layer][units[i]];
            double y = y(layer, i);
            String name = prefix + (layer == 0 ? "x" : unitName + layer) + "_" + units[i];
            svg.circle(x, y, Columns.RADIUS, unitScale.fill(value), name + " = " + value);
            svg.text(x, y, 13, true, unitScale.text(value));
            svg.text(x, y - Columns.RADIUS - 9, 12, true, name);
            if (layer > 0 && prefix.isEmpty() && columns.layout().hasBiases(layer)) {
                String bias = "b " + parameterScale.text(numbers.bias(layer, units[i]));
                svg.text(x, y + Columns.RADIUS + 9, 12, true, bias);
            }
        }
        if (columns.missing(layer) > 0) {
            // To the left of the gap between the first units and the last, where no other text is
            svg.text(x - Columns.RADIUS - 24, middle(), 12, true, "\u22ee " + columns.missing(layer) + " more");
        }
    }

    /** Lines and units from the least number to the greatest. */
    private void drawLegend() {
        double y = top + ABOVE_UNITS + columns.height() + ABOVE_LEGEND;
        svg.text(MARGIN, y, 13, false, "lines: " + prefix + "w");
        svg.text(520, y, 13, false, "units");
        for (int step = -2; step <= 2; step++) {
            double weight = step / 2.0 * numbers.largestParameter();
            double x = 280 + step * 62;
            svg.line(x - 24, y, x + 24, y, NumberScale.color(weight), parameterScale.thickness(weight), "");
            svg.text(x, y + 20, 12, true, parameterScale.text(weight));
            double value = step / 2.0 * numbers.largestUnit();
            double unitX = 740 + step * 62;
            svg.circle(unitX, y, 10, unitScale.fill(value), "");
            svg.text(unitX, y + 20, 12, true, unitScale.text(value));
        }
    }

    private double y(int layer, int place) {
        return middle() + columns.y(layer, place);
    }

    private double middle() {
        return top + ABOVE_UNITS + columns.height() / 2;
    }
}
