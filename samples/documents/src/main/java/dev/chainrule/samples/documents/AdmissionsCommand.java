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
                "Single unit and multilayer perceptron: a sigmoid unit and a 6-2-1 network of sigmoid units, without"
                        + " biases, learn from 360 of 400 records who is admitted to a graduate school, and are tested on"
                        + " the other 40.")
final class AdmissionsCommand extends Program {
    /** The document has an error every tenth of its epochs. */
    private static final int EVERY = 100;

    @Option(
            names = "--data",
            paramLabel = "FILE|URL",
            description = "The records: comma-separated values under the names admit, gre, gpa and rank.")
    private String data = Admissions.ADDRESS;

    @Option(
            names = "--seed",
            description = "Draw the split, and the weights from N(0, 1/sqrt(n)); otherwise they are the document's.")
    private Long seed;

    @Option(names = "--chart", paramLabel = "FILE", description = "Where to draw the errors, as PNG.")
    private Path chart = Path.of("admissions.png");

    @Override
    void run() throws IOException {
        Records all = Admissions.standardised(new AdmissionsFile(data).read());
        Records.Split records = seed == null
                ? Admissions.documentSplit(all)
                : all.shuffled(seed).split(Admissions.TRAINING_PART);
        List<AdmissionsTraining> trainings = AdmissionsTraining.ofBoth(records, seed);
        print("Single unit and multilayer perceptron: who is admitted, by gre, gpa and rank%n");
        print(
                "%d records to train on, %d to test on; learning rate %s; split and weights: %s%n%n",
                records.first().count(),
                records.rest().count(),
                Admissions.LEARNING_RATE,
                seed == null ? "the document's" : "seed " + seed);
        printErrors(trainings);
        printResults(trainings);
        Charts.write(chart(trainings), chart);
        print("%nThe errors over the epochs: %s%n", chart);
    }

    private void printErrors(List<AdmissionsTraining> trainings) {
        print("Mean squared error of the training records%n");
        printRow("before epoch", trainings, AdmissionsTraining::label, training -> "the document");
        int rows = trainings.stream().mapToInt(AdmissionsTraining::epochs).max().orElseThrow();
        for (int epoch = 0; epoch < rows; epoch += EVERY) {
            int before = epoch;
            printRow(
                    "" + epoch,
                    trainings,
                    training -> before < training.epochs() ? text("%.9f", training.training()[before]) : "-",
                    training -> before < training.epochs() ? training.document().errorBefore(before, 9) : "-");
        }
    }

    private void printResults(List<AdmissionsTraining> trainings) {
        print("%nAfter the training%n");
        printRow(
                "epochs",
                trainings,
                training -> "" + training.epochs(),
                training -> "" + EVERY * (training.document().errors().length - 1));
        printRow(
                "training error",
                trainings,
                training -> text("%.6f", training.training()[training.epochs()]),
                training -> training.document().errorBefore(training.epochs(), 6));
        printRow("test error", trainings, training -> text("%.6f", training.test()[training.epochs()]), t -> "-");
        printRow(
                "test accuracy",
                trainings,
                training -> text("%.3f", training.accuracy()),
                training -> text("%.3f", Admissions.DOCUMENT_ACCURACY));
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
            print(seed == null ? " %13s" : "", document.apply(training));
        }
        print("%n");
    }

    private static XYChart chart(List<AdmissionsTraining> trainings) {
        XYChart chart = Charts.empty(
                "Admissions: errors of a single unit (6-1) and of a perceptron (6-2-1)",
                "epoch",
                "mean squared error of the records");
        chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
        chart.getStyler().setXAxisDecimalPattern("0");
        addLines(chart, trainings.get(0), Charts.BLUE);
        addLines(chart, trainings.get(1), Charts.ORANGE);
        return chart;
    }

    private static void addLines(XYChart chart, AdmissionsTraining training, Color color) {
        // Dashes are only seen between points that lie apart
        int[] epochs = IntStream.iterate(0, epoch -> epoch <= training.epochs(), epoch -> epoch + 25)
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
