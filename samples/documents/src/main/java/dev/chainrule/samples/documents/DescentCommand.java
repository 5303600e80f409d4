package dev.chainrule.samples.documents;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** "Gradient descent": on a function of two variables, printed and drawn at several learning rates. */
@Command(
        name = "descent",
        description = "From " + Titles.GRADIENT_DESCENT + ": gradient descent on f(x, y) = " + Bowl.FORMULA
                + " at a good and at a too large learning rate, printed step by step and drawn on the contours of f.")
final class DescentCommand extends Program {
    private static final List<Color> COLORS = List.of(Charts.BLUE, Charts.ORANGE, Charts.GREEN, Charts.PINK);
    private static final double[] CONTOURS = {0.5, 1.5, 3, 5, 8, 12, 17};

    @Option(
            names = "--rates",
            split = ",",
            paramLabel = "RATE",
            description = "Up to four learning rates, separated by commas.")
    private double[] rates = {0.07, 0.102};

    @Option(
            names = "--start",
            split = ",",
            paramLabel = "NUMBER",
            description = "x and y to start from, separated by a comma.")
    private double[] start = {-2.7, 0.6};

    @Option(names = "--steps", description = "How many steps to take.")
    private int steps = 20;

    @Option(names = "--optimizer", paramLabel = "NAME", description = "One of: ${COMPLETION-CANDIDATES}.")
    private DescentOptimizer optimizer = DescentOptimizer.GRADIENT_DESCENT;

    @Option(names = "--chart", paramLabel = "FILE", description = "Where to draw, as PNG.")
    private Path chart = Path.of("descent.png");

    @Override
    void run() throws IOException {
        check(rates.length <= COLORS.size(), "there are " + rates.length + " rates; expected 1 to " + COLORS.size());
        check(start.length == 2, "the start has " + start.length + " numbers; expected 2, x and y");
        check(
                Double.isFinite(Bowl.value(start[0], start[1])),
                "the start is " + Arrays.toString(start) + "; expected finite numbers, and f finite there");
        check(steps >= 1, "the number of steps is " + steps + "; expected at least 1");
        List<DescentPath> paths = Arrays.stream(rates)
                .distinct()
                .mapToObj(rate -> DescentPath.of(optimizer.at(rate), start, steps))
                .toList();
        print("From %s: down f(x, y) = %s%n", Titles.GRADIENT_DESCENT, Bowl.FORMULA);
        print("By %s from (%s, %s)%n", optimizer, start[0], start[1]);
        if (optimizer == DescentOptimizer.GRADIENT_DESCENT) {
            print("A step multiplies x by 1 - 2 rate and y by 1 - 20 rate: above a rate of 0.1, |y| grows.%n");
        }
        paths.forEach(this::printPath);
        Charts.write(chart(paths), chart);
        print("%nThe contours of f and the ways down: %s%n", chart);
    }

    private void printPath(DescentPath path) {
        print("%nRate %s%n", path.rate());
        print("step            x            y            f%n");
        for (int step = 0; step <= path.steps(); step++) {
            print("%4d %12.6g %12.6g %12.6g%n", step, path.xs()[step], path.ys()[step], path.value(step));
        }
        if (path.steps() < steps) {
            print("The next step leads to numbers that are not finite.%n");
        } else if (path.value(steps) > path.value(0)) {
            print("It ends higher than it began: this rate is too large.%n");
        }
    }

    private XYChart chart(List<DescentPath> paths) {
        XYChart chart = Charts.empty("Down f(x, y) = " + Bowl.FORMULA + " by " + optimizer, "x", "y");
        chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
        chart.getStyler().setXAxisMin(-3.0).setXAxisMax(3.0).setYAxisMin(-1.5).setYAxisMax(1.5);
        for (double value : CONTOURS) {
            Charts.addLine(chart, "f = " + value, Bowl.contourX(value), Bowl.contourY(value), Color.LIGHT_GRAY)
                    .setLineWidth(1)
                    .setShowInLegend(false);
            // On the right: the ways start on the left
            chart.addAnnotation(
                    new AnnotationText("" + value, 0.6 * Math.sqrt(value), 0.8 * Math.sqrt(value / 10), false));
        }
        for (DescentPath path : paths) {
            Color color = COLORS.get(paths.indexOf(path));
            Charts.addLine(chart, "rate " + path.rate(), path.xs(), path.ys(), color)
                    .setMarker(SeriesMarkers.CIRCLE)
                    .setMarkerColor(color);
        }
        return chart;
    }
}
