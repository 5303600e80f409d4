package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.Records;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** "Single unit and multilayer perceptron": trains both on the admission records and prints how well they do. */
@Command(
        name = "admissions",
        description =
                "From " + Titles.UNIT_AND_PERCEPTRON + ": a sigmoid unit and a 6-2-1 network of sigmoid units, without"
                        + " biases, learn from 360 of 400 records who is admitted to a graduate school, and are tested on"
                        + " the other 40. Rate, epochs, batches, optimiser and hidden units can be changed.")
final class AdmissionsCommand extends Program {
    /** Dashes are only seen between points that lie apart. */
    private static final int CHART_POINTS = 40;

    private static final int SHOWN_RECORDS = 10;

    @Option(
            names = "--data",
            paramLabel = "FILE|URL",
            description = "The records: comma-separated values under the names admit, gre, gpa and rank.")
    private String data = Admissions.ADDRESS;

    @Option(
            names = "--seed",
            description = "Draw the split, and the weights from N(0, 1/sqrt(n)); otherwise they are the document's.")
    private Long seed;

    @Option(names = "--rate", description = "The learning rate.")
    private double rate = Admissions.LEARNING_RATE;

    @Option(
            names = "--epochs",
            description =
                    "How often to go through the records; otherwise as often as the document does, 1000 and 900 times.")
    private Integer epochs;

    @Option(
            names = "--batch",
            paramLabel = "RECORDS",
            description = "How many records a step takes; otherwise all. In the document's order, or with --seed in"
                    + " another one each epoch.")
    private Integer batch;

    @Option(names = "--optimizer", paramLabel = "NAME", description = "One of: ${COMPLETION-CANDIDATES}.")
    private DescentOptimizer optimizer = DescentOptimizer.GRADIENT_DESCENT;

    @Option(
            names = "--hidden",
            paramLabel = "UNITS",
            description = "Hidden units of the perceptron: 1, 2, 4, 8 or 16. A network is compiled for its number of"
                    + " units; these are the ones that are.")
    private int hidden = Perceptrons.DOCUMENT_HIDDEN;

    @Option(names = "--chart", paramLabel = "FILE", description = "Where to draw the errors, as PNG.")
    private Path chart = Path.of("admissions.png");

    @Override
    void run() throws IOException {
        AdmissionsSettings settings = new AdmissionsSettings(optimizer, rate, epochs, batch, hidden, seed);
        Records all = Admissions.standardised(new AdmissionsFile(data).read());
        Records.Split records = seed == null
                ? Admissions.documentSplit(all)
                : all.shuffled(seed).split(Admissions.TRAINING_PART);
        List<AdmissionsTraining> trainings = AdmissionsTraining.ofBoth(records, settings);
        print("From %s: who is admitted, by gre, gpa and rank%n", Titles.UNIT_AND_PERCEPTRON);
        printSettings(records, settings);
        printRecords(records.first());
        printErrors(trainings);
        printResults(trainings);
        Charts.write(chart(trainings), chart);
        print("%nThe errors over the epochs: %s%n", chart);
    }

    private void printSettings(Records.Split records, AdmissionsSettings settings) {
        print(
                "%d records to train on, %d to test on; split and weights: %s%n",
                records.first().count(), records.rest().count(), seed == null ? "the document's" : "seed " + seed);
        if (settings.drawsPerceptron()) {
            print(
                    "The document has no weights for %d hidden units: they are drawn with seed %d%n",
                    hidden, AdmissionsSettings.OTHER_SEED);
        }
        print(
                "%s; learning rate %s; %s a step%n",
                optimizer, rate, batch == null ? "all records" : batch + " of the records");
    }

    /** The first records that are trained on; with the document's split under the numbers that it gives them. */
    private void printRecords(Records records) {
        int count = Math.min(SHOWN_RECORDS, records.count());
        print("%nThe first %d records to train on, transformed: gre and gpa standardised, rank one-hot%n", count);
        print(
                "%6s %6s %10s %10s %7s %7s %7s %7s%n",
                "record", "admit", "gre", "gpa", "rank_1", "rank_2", "rank_3", "rank_4");
        for (int record = 0; record < count; record++) {
            int number = seed == null ? Admissions.TRAINING_RECORDS.get(record) : record;
            double[] input = records.select(record).inputs();
            print("%6d %6.0f %10.6f %10.6f", number, records.targets()[record], input[0], input[1]);
            print(" %7.0f %7.0f %7.0f %7.0f%n", input[2], input[3], input[4], input[5]);
        }
    }

    private void printErrors(List<AdmissionsTraining> trainings) {
        print("%nMean squared error of the training records%n");
        printRow("before epoch", trainings, AdmissionsTraining::label, document -> "the document");
        int rows = trainings.stream().mapToInt(AdmissionsTraining::epochs).max().orElseThrow();
        for (int epoch = 0; epoch < rows; epoch += Math.max(1, rows / 10)) {
            int before = epoch;
            printRow(
                    "" + epoch,
                    trainings,
                    training -> before < training.epochs() ? text("%.9f", training.training()[before]) : "-",
                    training -> before < training.epochs()
                            ? training.document().orElseThrow().errorBefore(before, 9)
                            : "-");
        }
    }

    private void printResults(List<AdmissionsTraining> trainings) {
        print("%nAfter the training%n");
        printRow(
                "epochs",
                trainings,
                training -> "" + training.epochs(),
                training -> "" + training.document().orElseThrow().epochs());
        printRow(
                "training error",
                trainings,
                training -> text("%.6f", training.training()[training.epochs()]),
                training -> training.document().orElseThrow().errorBefore(training.epochs(), 6));
        printRow(
                "test error", trainings, training -> text("%.6f", training.test()[training.epochs()]), training -> "-");
        printRow(
                "test accuracy",
                trainings,
                training -> text("%.3f", training.accuracy()),
                training -> training.isAsLongAsDocuments() ? text("%.3f", Admissions.DOCUMENT_ACCURACY) : "-");
    }

    /** The document's numbers stand beside ours where they are of the same training. */
    private void printRow(
            String label,
            List<AdmissionsTraining> trainings,
            Function<AdmissionsTraining, String> ours,
            Function<AdmissionsTraining, String> document) {
        print("%-14s", label);
        for (AdmissionsTraining training : trainings) {
            print(" %13s", ours.apply(training));
            if (training.document().isPresent()) {
                print(" %13s", document.apply(training));
            }
        }
        print("%n");
    }

    private static XYChart chart(List<AdmissionsTraining> trainings) {
        XYChart chart = Charts.empty(
                "Admissions: errors of a single unit (6-1) and of a perceptron ("
                        + trainings.get(1).label() + ")",
                "epoch",
                "mean squared error of the records");
        chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
        chart.getStyler().setXAxisDecimalPattern("0");
        addLines(chart, trainings.get(0), Charts.BLUE);
        addLines(chart, trainings.get(1), Charts.ORANGE);
        return chart;
    }

    private static void addLines(XYChart chart, AdmissionsTraining training, Color color) {
        int points = Math.min(CHART_POINTS, training.epochs());
        int[] epochs = IntStream.rangeClosed(0, points)
                .map(point -> (int) ((long) training.epochs() * point / points))
                .toArray();
        double[] xs = Arrays.stream(epochs).asDoubleStream().toArray();
        Charts.addLine(chart, training.label() + ", training", xs, at(epochs, training.training()), color);
        Charts.addLine(chart, training.label() + ", test", xs, at(epochs, training.test()), color)
                .setLineStyle(SeriesLines.DASH_DASH);
    }

    private static double[] at(int[] epochs, double[] errors) {
        return Arrays.stream(epochs).mapToDouble(epoch -> errors[epoch]).toArray();
    }
}
