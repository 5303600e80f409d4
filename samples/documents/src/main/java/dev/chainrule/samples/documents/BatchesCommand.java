package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.Records;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** "Gradient descent" by batches of three sizes: all records, some, and one, on the same records and from the same start. */
@Command(
        name = "batches",
        description =
                "From " + Titles.GRADIENT_DESCENT + ": batch, mini-batch and one-record (stochastic) descent fit a line"
                        + " y = w x + b to the same " + Line.RECORDS
                        + " records, printed epoch by epoch and drawn on the contours"
                        + " of the error.")
final class BatchesCommand extends Program {
    /** Far from the line that the records scatter about. */
    private static final double[] START = {-1, 2};

    /** The point of a contour with its label, where no way leads. */
    private static final int LABELLED = 63;

    @Option(names = "--rate", description = "The learning rate.")
    private double rate = 0.1;

    @Option(names = "--epochs", description = "How often to go through all records.")
    private int epochs = 20;

    @Option(names = "--batch", paramLabel = "RECORDS", description = "Records of a mini-batch.")
    private int batch = 8;

    @Option(names = "--seed", description = "The seed of the records and of their order in each epoch.")
    private long seed = 1;

    @Option(names = "--chart", paramLabel = "FILE", description = "Where to draw the ways down, as PNG.")
    private Path chart = Path.of("batches.png");

    @Override
    void run() throws IOException {
        check(
                batch >= 1 && batch <= Line.RECORDS,
                "a mini-batch has " + batch + " records; expected 1 to " + Line.RECORDS);
        Records records = Line.records(seed);
        LineError error = LineError.of(records);
        List<BatchPath> paths = List.of(
                BatchPath.of("batch", START, records, Line.RECORDS, rate, epochs, seed),
                BatchPath.of("mini-batch", START, records, batch, rate, epochs, seed),
                BatchPath.of("one record", START, records, 1, rate, epochs, seed));
        print("From %s: batch, mini-batch and one-record descent%n", Titles.GRADIENT_DESCENT);
        print(
                "A line y = w x + b through %d records, from w = %s, b = %s; rate %s, seed %d%n",
                Line.RECORDS, START[0], START[1], rate, seed);
        print("E = mean of (w x + b - y)^2 / 2; each step goes against the mean gradient of its batch%n%n");
        printErrors(paths, error);
        print(
                "%nBatch descent goes straight down the slope, one step an epoch. Smaller batches take more steps for the same work,%n");
        print("each down the slope of its own records alone: sooner there, but restless about the least error.%n");
        Charts.write(chart(paths, error), chart);
        print("%nThe ways on the contours of E: %s%n", chart);
    }

    private void printErrors(List<BatchPath> paths, LineError error) {
        print("%-14s", "E after epoch");
        paths.forEach(path -> print(" %12s", path.label()));
        print("%n");
        for (int epoch = 0; epoch <= epochs; epoch += Math.max(1, epochs / 20)) {
            print("%-14d", epoch);
            for (BatchPath path : paths) {
                double[] line = path.afterEpoch(epoch);
                print(" %12.8f", error.of(line[0], line[1]));
            }
            print("%n");
        }
        print("%n%-14s", "steps an epoch");
        paths.forEach(path -> print(" %12d", path.stepsPerEpoch()));
        printLast("w at the end", paths, 0);
        printLast("b at the end", paths, 1);
        print("%n%nLeast squares: E = %.8f at w = %.8f, b = %.8f%n", error.least(), error.w(), error.b());
    }

    private void printLast(String label, List<BatchPath> paths, int index) {
        print("%n%-14s", label);
        paths.forEach(path -> print(" %12.8f", path.afterEpoch(epochs)[index]));
    }

    private XYChart chart(List<BatchPath> paths, LineError error) {
        XYChart chart =
                Charts.empty("Three ways down the same error, " + epochs + " epochs at a rate of " + rate, "w", "b");
        chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
        chart.getStyler().setMarkerSize(6);
        double start = error.of(START[0], START[1]) - error.least();
        for (double part : new double[] {0.05, 0.15, 0.3, 0.5, 0.75, 1}) {
            double[][] contour = error.contour(part * start);
            Charts.addLine(chart, "E " + part, contour[0], contour[1], Color.LIGHT_GRAY)
                    .setLineWidth(1)
                    .setShowInLegend(false);
            String value = text("%.2f", error.least() + part * start);
            chart.addAnnotation(new AnnotationText(value, contour[0][LABELLED], contour[1][LABELLED], false));
        }
        addPath(chart, paths.get(2), Charts.ORANGE, SeriesMarkers.NONE);
        addPath(chart, paths.get(1), Charts.GREEN, SeriesMarkers.CIRCLE);
        addPath(chart, paths.get(0), Charts.BLUE, SeriesMarkers.CIRCLE);
        chart.addSeries("least squares", new double[] {error.w()}, new double[] {error.b()})
                .setMarker(SeriesMarkers.CROSS)
                .setMarkerColor(Color.BLACK)
                .setLineStyle(SeriesLines.NONE);
        return chart;
    }

    private static void addPath(XYChart chart, BatchPath path, Color color, Marker marker) {
        String steps = path.stepsPerEpoch() == 1 ? "1 step" : path.stepsPerEpoch() + " steps";
        Charts.addLine(chart, path.label() + ", " + steps + " an epoch", path.ws(), path.bs(), color)
                .setMarker(marker)
                .setMarkerColor(color)
                .setLineWidth(1.2f);
    }
}
