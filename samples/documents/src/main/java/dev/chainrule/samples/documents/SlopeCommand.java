package dev.chainrule.samples.documents;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The first picture of "Gradient descent": a function of one variable, and its slope at the minimum and on both sides of it. */
@Command(
        name = "slope",
        description = "From " + Titles.GRADIENT_DESCENT + ": y = f(x) = " + SlopeCommand.FORMULA
                + ", with its slope at the minimum and beside it, and which way a step against the slope leads.")
final class SlopeCommand extends Program {
    static final String FORMULA = "x^2 - 2x + 2";

    private static final double MINIMUM = 1;
    private static final int POINTS = 60;
    private static final List<Color> COLORS = List.of(Charts.BLUE, Charts.GREEN, Charts.ORANGE, Charts.PINK);

    @Option(
            names = "--at",
            split = ",",
            paramLabel = "X",
            description = "Up to four places to show the slope at, separated by commas.")
    private double[] at = {-0.5, MINIMUM, 2};

    @Option(names = "--rate", description = "The learning rate.")
    private double rate = 0.1;

    @Option(names = "--chart", paramLabel = "FILE", description = "Where to draw, as PNG.")
    private Path chart = Path.of("slope.png");

    @Override
    void run() throws IOException {
        check(at.length <= COLORS.size(), "there are " + at.length + " places; expected 1 to " + COLORS.size());
        for (double x : at) {
            check(Math.abs(x) <= 1e6, "a place is " + x + "; expected -1e6 to 1e6");
        }
        check(rate > 0 && rate <= 1e6, "the rate is " + rate + "; expected more than 0, at most 1e6");
        print("From %s: y = f(x) = %s and its slope f'(x) = 2x - 2%n%n", Titles.GRADIENT_DESCENT, FORMULA);
        print("%12s %12s %12s %14s%n", "x", "f(x)", "f'(x)", "-rate f'(x)");
        for (double x : at) {
            // The last term makes a step of -0 one of 0
            double step = -rate * slope(x) + 0.0;
            print(
                    "%12s %12s %12s %14s  %s%n",
                    plain(x), plain(value(x)), plain(slope(x)), plain(step), direction(step));
        }
        print(
                "%nA step of gradient descent, at a rate of %s, is -rate f'(x): downhill on both sides of the minimum, the%n",
                rate);
        print("shorter the nearer it is.%n");
        Charts.write(chart(), chart);
        print("%nThe function with its slopes: %s%n", chart);
    }

    static double value(double x) {
        return x * x - 2 * x + 2;
    }

    static double slope(double x) {
        return 2 * x - 2;
    }

    private static String direction(double step) {
        if (step == 0) {
            return "none: this is the minimum";
        }
        return step > 0 ? "to the right" : "to the left";
    }

    private XYChart chart() {
        XYChart chart = Charts.empty("y = " + FORMULA + " and its slope", "x", "y");
        chart.getStyler().setLegendPosition(LegendPosition.InsideN);
        double reach = 1.2 * Arrays.stream(at).map(x -> Math.abs(x - MINIMUM)).reduce(2, Math::max);
        double[] xs = IntStream.rangeClosed(-POINTS / 2, POINTS / 2)
                .mapToDouble(i -> MINIMUM + reach * i / (POINTS / 2))
                .toArray();
        Charts.addLine(chart, "f(x)", xs, values(xs), Color.GRAY);
        for (int i = 0; i < at.length; i++) {
            double x = at[i];
            double[] ends = {x - 0.25 * reach, x, x + 0.25 * reach};
            double[] tangent = DoubleStream.of(ends)
                    .map(end -> value(x) + slope(x) * (end - x))
                    .toArray();
            String name = "slope " + plain(slope(x)) + " at x = " + plain(x);
            Charts.addLine(chart, name, ends, tangent, COLORS.get(i));
            chart.addSeries(name + " ", new double[] {x}, new double[] {value(x)})
                    .setMarker(SeriesMarkers.CIRCLE)
                    .setMarkerColor(COLORS.get(i))
                    .setShowInLegend(false);
        }
        return chart;
    }

    private static double[] values(double[] xs) {
        return DoubleStream.of(xs).map(SlopeCommand::value).toArray();
    }
}
