package dev.chainrule.runtime.drawing;

import dev.chainrule.runtime.LayerDescription.Kind;
import dev.chainrule.runtime.drawing.Sources.Source;

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

    /** Lines that are no weights. */
    private static final String GREY = "#999999";

    private static final double GREY_THICKNESS = 1.2;

    /** By how much the middle of a line that passes a column is above where it would be: not behind its units. */
    private static final double RISE = 46;

    private static final double MOST_RISE = 120;

    private final Svg svg;
    private final double top;
    private final Columns columns;
    private final Sources sources;
    private final Numbers numbers;
    private final String prefix;
    private final String unitName;
    private final NumberScale unitScale;
    private final NumberScale parameterScale;

    /**
     * @param prefix before the names of numbers: {@code dE/d}
     * @param unitName the letter of a unit's number
     */
    Panel(Svg svg, double top, Columns columns, Sources sources, Numbers numbers, String prefix, String unitName) {
        this.svg = svg;
        this.top = top;
        this.columns = columns;
        this.sources = sources;
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
        for (int layer = 1; layer <= columns.layers(); layer++) {
            drawLines(layer);
        }
        for (int layer = 1; layer <= columns.layers(); layer++) {
            labelWeights(layer);
        }
        for (int layer = 0; layer <= columns.layers(); layer++) {
            drawUnits(layer);
        }
        drawLegend();
    }

    /**
     * Is given a line from a unit of a source to a unit of the layer that reads it, both by their places among those
     * drawn.
     */
    private interface Line {
        void from(Source source, int from, int to);
    }

    private void forEachLine(int layer, Line line) {
        boolean isDense = kind(layer) == Kind.DENSE;
        for (Source source : sources.of(layer)) {
            int[] from = columns.units(source.layer());
            int[] to = columns.units(layer);
            for (int i = 0; i < from.length; i++) {
                boolean isRead = from[i] >= source.first() && from[i] < source.first() + source.units();
                for (int j = 0; isRead && j < to.length; j++) {
                    if (isDense || sources.into(layer, source, from[i]) == to[j]) {
                        line.from(source, i, j);
                    }
                }
            }
        }
    }

    /** All lines first, so that none crosses a label. */
    private void drawLines(int layer) {
        forEachLine(layer, (source, i, j) -> {
            int from = columns.units(source.layer())[i];
            int to = columns.units(layer)[j];
            if (kind(layer) == Kind.DENSE) {
                int owner = sources.description().weightsOf(layer);
                int row = sources.into(layer, source, from);
                double weight = numbers.weight(owner, row, to);
                String name = prefix + "w" + owner + "_" + row + "_" + to;
                String color = NumberScale.color(weight);
                drawLine(layer, source, i, j, color, parameterScale.thickness(weight), name + " = " + weight);
            } else {
                String tooltip = name("a", source.layer(), from) + " goes into " + name("a", layer, to);
                drawLine(layer, source, i, j, GREY, GREY_THICKNESS, tooltip);
            }
        });
    }

    private void drawLine(int layer, Source source, int i, int j, String color, double thickness, String tooltip) {
        double x1 = columns.x(source.layer());
        double y1 = y(source.layer(), i);
        double x2 = columns.x(layer);
        double y2 = y(layer, j);
        int passed = columns.steps(source.layer(), layer) - 1;
        if (passed == 0) {
            svg.line(x1, y1, x2, y2, color, thickness, tooltip);
        } else {
            // The curve passes at half the height of the point that bends it
            double rise = 2 * Math.min(MOST_RISE / 2, passed * RISE);
            svg.curve(x1, y1, x2, y2, rise, color, thickness, tooltip);
        }
    }

    private void labelWeights(int layer) {
        if (kind(layer) != Kind.DENSE) {
            return;
        }
        int owner = sources.description().weightsOf(layer);
        forEachLine(layer, (source, i, j) -> {
            int lines = columns.room(source.layer()) * columns.room(layer);
            if (lines <= MOST_LABELS && columns.steps(source.layer(), layer) == 1) {
                double y = y(source.layer(), i) + LABEL * (y(layer, j) - y(source.layer(), i));
                int row = sources.into(layer, source, columns.units(source.layer())[i]);
                String weight = parameterScale.text(numbers.weight(owner, row, columns.units(layer)[j]));
                svg.text(columns.x(source.layer()) + LABEL * Columns.BETWEEN_LAYERS, y, 12, true, weight);
            }
        });
    }

    private void drawUnits(int layer) {
        int[] units = columns.units(layer);
        double x = columns.x(layer);
        double[] values = numbers.units()[layer];
        for (int i = 0; i < units.length; i++) {
            double y = y(layer, i);
            String name = prefix + name(unitName, layer, units[i]);
            String tooltip = layer == 0 ? name : sources.layerName(layer) + name;
            if (values == null) {
                svg.circle(x, y, Columns.RADIUS, "white", tooltip + " follows from no derivative by a parameter");
            } else {
                double value = values[units[i]];
                svg.circle(x, y, Columns.RADIUS, unitScale.fill(value), tooltip + " = " + value);
                svg.text(x, y, 13, true, unitScale.text(value));
            }
            svg.text(x, y - Columns.RADIUS - 9, 12, true, name);
            if (layer > 0 && prefix.isEmpty() && numbers.layout().hasBiases(layer)) {
                String bias = "b " + parameterScale.text(numbers.bias(layer, units[i]));
                svg.text(x, y + Columns.RADIUS + 9, 12, true, bias);
            }
        }
        if (columns.missing(layer) > 0) {
            // To the left of the gap between the first units and the last, where no other text is
            double middle = middle() + columns.middle(layer);
            svg.text(x - Columns.RADIUS - 24, middle, 12, true, "\u22ee " + columns.missing(layer) + " more");
        }
    }

    private Kind kind(int layer) {
        return sources.description().layers().get(layer - 1).kind();
    }

    /** The name of a unit, of the input or another layer. */
    private String name(String letter, int layer, int unit) {
        return layer == 0 ? sources.inputName(unit) : letter + layer + "_" + unit;
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
