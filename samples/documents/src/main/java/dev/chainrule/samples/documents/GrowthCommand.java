package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.CurveFit;
import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.LevenbergMarquardt;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.samples.documents.curves.Models_Rat42Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fits a curve of growth to nine measurements and draws it with the band that it lies in. */
@Command(
        name = "growth",
        description =
                "Fits a logistic curve of growth to nine measurements (the yield of a pasture by the time since it"
                        + " was grazed; Ratkowsky, 1983) by Levenberg-Marquardt, with the standard errors of its parameters, and"
                        + " draws it with its band.")
final class GrowthCommand extends Program {
    private static final double[] TIMES = {9, 14, 21, 28, 42, 57, 63, 70, 79};
    private static final double[] YIELDS = {8.93, 10.8, 18.59, 22.33, 39.35, 56.11, 61.73, 64.62, 67.08};

    /** Student's t for 95 of 100 and 6 degrees of freedom. */
    private static final double T = 2.447;

    private static final int LAST_TIME = 100;
    private static final double[] FIRST_VALUES = {100, 1, 0.1};

    @Option(names = "--chart", paramLabel = "FILE", description = "Where to draw the curve, as PNG.")
    private Path chart = Path.of("growth.png");

    @Override
    void run() throws IOException {
        Records records = Records.wrap(TIMES, 1, YIELDS, 1);
        Models_Rat42Network curve = new Models_Rat42Network(FIRST_VALUES.clone());
        History history = Trainer.builder()
                .fullBatch(LevenbergMarquardt.forCurves())
                .build()
                .train(curve, records);
        CurveFit fit = CurveFit.of(curve, records);
        print(
                "y = b1 / (1 + exp(b2 - b3 x)), fitted to %d measurements in %d steps%n%n",
                TIMES.length, history.epochs());
        print("%-6s %12s %16s%n", "", "value", "standard error");
        for (int i = 0; i < FIRST_VALUES.length; i++) {
            print("b%-5d %12s %16s%n", i + 1, plain(curve.parameters()[i]), plain(fit.standardError(i)));
        }
        print(
                "%nresidual standard deviation %s, %d degrees of freedom%n",
                plain(fit.residualStandardDeviation()), fit.degreesOfFreedom());
        Charts.write(chart(curve, fit), chart);
        print("%nThe curve with the band that holds it, 95 of 100 times at each place: %s%n", chart);
    }

    private static XYChart chart(Models_Rat42Network curve, CurveFit fit) {
        XYChart chart = Charts.empty("Growth of a pasture", "time since it was grazed", "yield");
        chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
        double[] xs = IntStream.rangeClosed(0, LAST_TIME).asDoubleStream().toArray();
        DoubleUnaryOperator y = x -> {
            double[] output = new double[1];
            curve.forward(new double[] {x}, output);
            return output[0];
        };
        DoubleUnaryOperator half = x -> T * fit.standardError(new double[] {x}, 0);
        Charts.addLine(chart, "the curve", xs, Arrays.stream(xs).map(y).toArray(), Charts.BLUE);
        Charts.addLine(
                        chart,
                        "its band, 95 of 100",
                        xs,
                        Arrays.stream(xs)
                                .map(x -> y.applyAsDouble(x) + half.applyAsDouble(x))
                                .toArray(),
                        Charts.ORANGE)
                .setLineStyle(SeriesLines.DASH_DASH);
        Charts.addLine(
                        chart,
                        "below",
                        xs,
                        Arrays.stream(xs)
                                .map(x -> y.applyAsDouble(x) - half.applyAsDouble(x))
                                .toArray(),
                        Charts.ORANGE)
                .setLineStyle(SeriesLines.DASH_DASH)
                .setShowInLegend(false);
        chart.addSeries("measured", TIMES, YIELDS)
                .setMarker(SeriesMarkers.CIRCLE)
                .setMarkerColor(Charts.GREEN)
                .setLineStyle(SeriesLines.NONE);
        return chart;
    }
}
