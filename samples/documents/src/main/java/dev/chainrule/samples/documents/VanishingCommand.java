package dev.chainrule.samples.documents;

import dev.chainrule.runtime.Kernels;
import dev.chainrule.runtime.training.Initializers;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The vanishing gradient of "Single unit and multilayer perceptron", measured layer by layer. */
@Command(
        name = "vanishing",
        description = "From " + Titles.UNIT_AND_PERCEPTRON
                + ": how large the error dE/dz is in each of eight hidden layers of 32 units, with"
                + " sigmoid units and with others, as a mean over random networks and records.")
final class VanishingCommand extends Program {
    private static final List<Color> COLORS = List.of(Charts.BLUE, Charts.ORANGE, Charts.GREEN, Charts.PINK);
    private static final List<Marker> MARKERS =
            List.of(SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.DIAMOND);

    @Option(names = "--draws", description = "How many random networks of each kind.")
    private int draws = 500;

    @Option(names = "--seed", description = "The seed of all random numbers.")
    private long seed = 1;

    @Option(names = "--chart", paramLabel = "FILE", description = "Where to draw the sizes, as PNG.")
    private Path chart = Path.of("vanishing.png");

    @Override
    void run() throws IOException {
        check(draws >= 1, "the number of draws is " + draws + "; expected at least 1");
        List<GradientSizes> all = List.of(
                GradientSizes.of("sigmoid", new Vanishing_SigmoidNetwork(), Initializers.glorotNormal(), draws, seed),
                GradientSizes.of("tanh", new Vanishing_TanhNetwork(), Initializers.glorotNormal(), draws, seed),
                GradientSizes.of("RELU", new Vanishing_ReluNetwork(), Initializers.heNormal(), draws, seed),
                GradientSizes.of("SELU", new Vanishing_SeluNetwork(), Initializers.leCunNormal(), draws, seed));
        print("From %s: vanishing gradients%n", Titles.UNIT_AND_PERCEPTRON);
        print("Eight hidden layers of 32 units and a linear output%n");
        print(
                "Weights by Glorot (sigmoid, tanh), He (RELU) and LeCun (SELU), biases 0; inputs and target from N(0, 1)%n");
        print("Root mean square of dE/dz over the units of a layer; mean of %d networks, seed %d%n%n", draws, seed);
        print("layer     ");
        all.forEach(sizes -> print(" %10s", sizes.label()));
        print("%n");
        for (int layer = 1; layer <= Vanishing.HIDDEN_LAYERS; layer++) {
            print("%-10d", layer);
            for (GradientSizes sizes : all) {
                print(" %10.2e", sizes.sizes()[layer - 1]);
            }
            print("%n");
        }
        print("%n%-10s", "factor");
        all.forEach(sizes -> print(" %10.2f", sizes.factor()));
        print(" from a layer to the one before it%n%n");
        printWhatSigmoidsTake();
        print(
                "The other slopes reach 1, and these weights let the error keep its size as long as the slopes are near 1.%n");
        Charts.write(chart(all), chart);
        print("%nThe sizes by layer: %s%n", chart);
    }

    /** The document's 75 % in one layer and 93.75 % in two. */
    private void printWhatSigmoidsTake() {
        print(
                "The slope of a sigmoid is at most 1/4, at z = 0. Weights apart, that takes from an error that is carried back%n");
        double slope = Kernels.sigmoid(0) * (1 - Kernels.sigmoid(0));
        for (int layers = 1; layers <= 3; layers++) {
            String percent = plain(100 * (1 - Math.pow(slope, layers)));
            print("at least %7s %% through %d layer%s%n", percent, layers, layers == 1 ? "" : "s");
        }
    }

    private static XYChart chart(List<GradientSizes> all) {
        XYChart chart = Charts.empty(
                "Vanishing gradients in eight hidden layers",
                "layer, from the input to the output",
                "root mean square of dE/dz");
        chart.getStyler()
                .setYAxisLogarithmic(true)
                .setYAxisDecimalPattern("0E0")
                .setLegendPosition(LegendPosition.InsideSE);
        double[] layers = IntStream.rangeClosed(1, Vanishing.HIDDEN_LAYERS)
                .asDoubleStream()
                .toArray();
        for (int i = 0; i < all.size(); i++) {
            GradientSizes sizes = all.get(i);
            double[] hidden = Arrays.copyOf(sizes.sizes(), layers.length);
            Charts.addLine(chart, sizes.label(), layers, hidden, COLORS.get(i))
                    .setMarker(MARKERS.get(i))
                    .setMarkerColor(COLORS.get(i));
        }
        return chart;
    }
}
