package dev.chainrule.samples.documents;

import dev.chainrule.runtime.Kernels;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The units of "Gradient descent": the logistic function and tanh with their derivatives, as generated networks compute them. */
@Command(
        name = "activations",
        description = "From " + Titles.GRADIENT_DESCENT
                + ": the logistic function (the sigmoid) and tanh with their slopes," + " printed and drawn.")
final class ActivationsCommand extends Program {
    private static final double REACH = 5;
    /** So far apart that dashes are seen between them. */
    private static final int POINTS = 80;

    @Option(
            names = "--at",
            split = ",",
            paramLabel = "Z",
            description = "Where to print values and slopes, separated by commas.")
    private double[] at = {-4, -2, -1, 0, 1, 2, 4};

    @Option(names = "--chart", paramLabel = "FILE", description = "Where to draw, as PNG.")
    private Path chart = Path.of("activations.png");

    @Override
    void run() throws IOException {
        check(
                Arrays.stream(at).allMatch(Double::isFinite),
                "the places are " + Arrays.toString(at) + "; expected finite numbers");
        print("From %s: the logistic function and tanh with their slopes%n%n", Titles.GRADIENT_DESCENT);
        print("logistic: a = 1 / (1 + e^-z)                    slope da/dz = a (1 - a), at most 1/4, at z = 0%n");
        print("tanh:     a = (e^z - e^-z) / (e^z + e^-z)       slope da/dz = 1 - a^2,   at most 1,   at z = 0%n%n");
        print("%10s %18s %18s %18s %18s%n", "z", "logistic", "its slope", "tanh", "its slope");
        for (double z : at) {
            print("%10s %18.15f %18.15f", plain(z), Kernels.sigmoid(z), sigmoidSlope(z));
            print(" %18.15f %18.15f%n", Kernels.tanh(z), tanhSlope(z));
        }
        print(
                "%ntanh(z) = 2 logistic(2z) - 1: the same curve, twice as steep and twice as high, about 0 in place of 1/2.%n");
        Charts.write(chart(), chart);
        print("%nBoth with their slopes: %s%n", chart);
    }

    private static double sigmoidSlope(double z) {
        double a = Kernels.sigmoid(z);
        return a * (1 - a);
    }

    private static double tanhSlope(double z) {
        double a = Kernels.tanh(z);
        return 1 - a * a;
    }

    private static XYChart chart() {
        XYChart chart = Charts.empty("The logistic function and tanh, and their slopes", "z", "a and da/dz");
        chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
        chart.getStyler()
                .setXAxisMin(-REACH)
                .setXAxisMax(REACH)
                .setYAxisMin(-1.1)
                .setYAxisMax(1.1);
        addCurve(chart, "logistic", Kernels::sigmoid, Charts.BLUE);
        addCurve(chart, "slope of the logistic", ActivationsCommand::sigmoidSlope, Charts.BLUE);
        addCurve(chart, "tanh", Kernels::tanh, Charts.ORANGE);
        addCurve(chart, "slope of tanh", ActivationsCommand::tanhSlope, Charts.ORANGE);
        return chart;
    }

    private static void addCurve(XYChart chart, String name, DoubleUnaryOperator function, Color color) {
        boolean isSlope = name.startsWith("slope");
        double[] zs = IntStream.rangeClosed(0, POINTS)
                .mapToDouble(i -> REACH * (2.0 * i / POINTS - 1))
                .toArray();
        Charts.addLine(chart, name, zs, Arrays.stream(zs).map(function).toArray(), color)
                .setLineStyle(isSlope ? SeriesLines.DASH_DASH : SeriesLines.SOLID);
    }
}
