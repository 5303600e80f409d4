package dev.chainrule.samples.documents;

import dev.chainrule.runtime.TrainableNetwork;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The cost argument of "How backpropagation works", measured. */
@Command(
        name = "cost",
        description = "From " + Titles.BACKPROPAGATION
                + ": what a gradient costs by perturbation, by the full gradient equations and by backpropagation, as the"
                + " network grows: in time, and in forward passes that take as long.")
final class CostCommand extends Program {
    @Option(
            names = "--round",
            paramLabel = "MS",
            description = "Milliseconds of a round of measurement; fewer are faster and less exact.")
    private int round = 20;

    @Option(names = "--chart", paramLabel = "FILE", description = "Where to draw the costs, as PNG.")
    private Path chart = Path.of("cost.png");

    @Override
    void run() throws IOException {
        check(round >= 1, "a round has " + round + " ms; expected at least 1");
        List<GradientCost> costs = measure(new Stopwatch(round));
        print("From %s: what the gradient of one record costs%n", Titles.BACKPROPAGATION);
        print("Sigmoid networks of three layers, 2 to 64 units wide, one thread%n");
        print("%nTime in microseconds%n");
        print("parameters N  forward pass  perturbation  full gradient  backpropagation%n");
        for (GradientCost cost : costs) {
            print("%12d %13.3f %13.3f", cost.parameters(), cost.forward() / 1e3, cost.perturbation() / 1e3);
            print(" %14s %16.3f%n", optional("%.3f", cost.fullGradient() / 1e3), cost.backpropagation() / 1e3);
        }
        print("%nIn forward passes that take as long%n");
        print("parameters N   N + 1  2N + 1  perturbation  full gradient  backpropagation%n");
        for (GradientCost cost : costs) {
            int n = cost.parameters();
            print("%12d %7d %7d %13.1f", n, n + 1, 2 * n + 1, cost.inPasses(cost.perturbation()));
            print(
                    " %14s %16.1f%n",
                    optional("%.1f", cost.inPasses(cost.fullGradient())), cost.inPasses(cost.backpropagation()));
        }
        print(
                "%nThe document counts N + 1 passes for perturbation: E once, and once more for each changed parameter, with the%n");
        print(
                "difference (E(p+e) - E(p)) / e. Measured is the more exact (E(p+e) - E(p-e)) / 2e, which takes two passes a%n");
        print(
                "parameter, and with E itself 2N + 1. For backpropagation the document counts about two passes, whatever N is:%n");
        print(
                "one forward, one backward. The full gradient shares nothing but the forward pass, and is not generated (-)%n");
        print("where its equations would be too long.%n");
        Charts.write(chart(costs), chart);
        print("%nThe costs as the network grows: %s%n", chart);
    }

    private static List<GradientCost> measure(Stopwatch stopwatch) {
        List<GradientCost> costs = new ArrayList<>();
        List<TrainableNetwork> networks = Widths.networks();
        // Without a terminal a progress bar would only fill a log
        try (ProgressBar bar = System.console() == null
                ? null
                : new ProgressBarBuilder()
                        .setTaskName("Measuring")
                        .setInitialMax(networks.size())
                        .clearDisplayOnFinish()
                        .build()) {
            for (TrainableNetwork network : networks) {
                costs.add(GradientCost.of(network, stopwatch));
                if (bar != null) {
                    bar.step();
                }
            }
        }
        return costs;
    }

    private static String optional(String format, double value) {
        return Double.isNaN(value) ? "-" : text(format, value);
    }

    private static XYChart chart(List<GradientCost> costs) {
        XYChart chart = Charts.empty(
                "What the gradient of one record costs",
                "parameters N of the network",
                "forward passes that take as long");
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setYAxisLogarithmic(true)
                .setLegendPosition(LegendPosition.InsideNW);
        chart.getStyler().setDecimalPattern("#,##0");
        addClaim(chart, "perturbation, counted: N + 1", costs, cost -> cost.parameters() + 1, Charts.PINK);
        addClaim(chart, "perturbation, counted: 2N + 1", costs, cost -> 2 * cost.parameters() + 1, Charts.ORANGE);
        addClaim(chart, "backpropagation, counted: 2", costs, cost -> 2, Charts.BLUE);
        addMeasured(
                chart,
                "perturbation, measured",
                costs,
                cost -> cost.inPasses(cost.perturbation()),
                Charts.ORANGE,
                SeriesMarkers.SQUARE);
        addMeasured(
                chart,
                "full gradient, measured",
                costs.stream()
                        .filter(cost -> !Double.isNaN(cost.fullGradient()))
                        .toList(),
                cost -> cost.inPasses(cost.fullGradient()),
                Charts.GREEN,
                SeriesMarkers.TRIANGLE_UP);
        addMeasured(
                chart,
                "backpropagation, measured",
                costs,
                cost -> cost.inPasses(cost.backpropagation()),
                Charts.BLUE,
                SeriesMarkers.CIRCLE);
        return chart;
    }

    private static void addClaim(
            XYChart chart, String name, List<GradientCost> costs, ToDoubleFunction<GradientCost> passes, Color color) {
        Charts.addLine(
                        chart,
                        name,
                        parameters(costs),
                        costs.stream().mapToDouble(passes).toArray(),
                        color)
                .setLineStyle(SeriesLines.DASH_DASH)
                .setLineWidth(1);
    }

    private static void addMeasured(
            XYChart chart,
            String name,
            List<GradientCost> costs,
            ToDoubleFunction<GradientCost> passes,
            Color color,
            Marker marker) {
        Charts.addLine(
                        chart,
                        name,
                        parameters(costs),
                        costs.stream().mapToDouble(passes).toArray(),
                        color)
                .setMarker(marker)
                .setMarkerColor(color);
    }

    private static double[] parameters(List<GradientCost> costs) {
        return costs.stream().mapToDouble(GradientCost::parameters).toArray();
    }
}
