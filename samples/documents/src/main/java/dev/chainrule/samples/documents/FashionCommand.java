package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.Metrics;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Progress;
import dev.chainrule.runtime.training.RecordStore;
import dev.chainrule.runtime.training.Schedules;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.runtime.weights.WeightFile;
import dev.chainrule.samples.documents.fashion.FashionNetwork;
import dev.chainrule.samples.documents.fashion.PictureSheet;
import dev.chainrule.samples.documents.fashion.Pictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A result on a real data set: a perceptron learns 60,000 pictures of clothes. */
@Command(
        name = "fashion",
        description =
                "Fashion-MNIST, a real data set: a 784-128-10 network (RELU, softmax) learns from 55,000 pictures what they"
                        + " show, is watched on 5,000 others, and is tested once, at the end, on 10,000. With vectors: java"
                        + " --add-modules jdk.incubator.vector -jar ...")
final class FashionCommand extends Program {
    private static final int BATCH = 64;
    private static final String ACCURACY = "accuracy";
    private static final double TRAINING_PART = 55.0 / 60;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data set's four files, gzipped, as Debian's package dataset-fashion-mnist has them.")
    private Path data = Path.of("/usr/share/datasets/fashion-mnist");

    @Option(names = "--epochs", description = "How often all pictures are gone through.")
    private int epochs = 16;

    @Option(names = "--rate", description = "Adam's learning rate at first; it falls to 0 along a cosine.")
    private double rate = 0.002;

    @Option(names = "--seed", description = "Draws the weights at first and the order of the pictures.")
    private long seed = 1;

    @Option(names = "--threads", description = "How many threads compute; their number changes no digit.")
    private int threads = Math.min(4, Runtime.getRuntime().availableProcessors());

    @Option(names = "--weights", paramLabel = "FILE", description = "Where to save the weights.")
    private Path weights = Path.of("fashion.safetensors");

    @Option(names = "--chart", paramLabel = "FILE", description = "Where to draw the losses, as PNG.")
    private Path chart = Path.of("fashion.png");

    @Option(
            names = "--sheet",
            paramLabel = "FILE",
            description = "Where to draw pictures that it takes wrongly, as PNG.")
    private Path sheet = Path.of("fashion-wrong.png");

    @Override
    void run() throws IOException {
        Pictures pictures = Pictures.toTrain(data);
        Pictures test = Pictures.toTest(data);
        int trainedOn = (int) Math.round(TRAINING_PART * pictures.count());
        RecordStore all = pictures.records();
        RecordStore records = all.select(IntStream.range(0, trainedOn).toArray());
        RecordStore heldBack =
                all.select(IntStream.range(trainedOn, pictures.count()).toArray());
        FashionNetwork network = new FashionNetwork();
        print("Fashion-MNIST: what a picture of 28 x 28 pixels shows, one of ten kinds of clothes%n");
        print(
                "%d pictures to train on, %d held back; 784-128-10, %d parameters; batches of %d, Adam at %s, falling along a"
                        + " cosine; seed %d%n%n",
                records.count(), heldBack.count(), network.parameters().length, BATCH, rate, seed);
        out().flush();
        long start = System.nanoTime();
        History history = train(network, records, heldBack);
        double seconds = (System.nanoTime() - start) / 1e9;
        WeightFile.save(network, weights);
        print("Accuracy of the %d held back: %.4f%n", heldBack.count(), history.metric(ACCURACY, epochs - 1));
        Metrics tested = Metrics.of(network, test.records());
        print(
                "Accuracy of the %d to test:   %.4f, after %.1f s of training on %d thread%s%n%n",
                test.count(), tested.accuracy(), seconds, threads, threads == 1 ? "" : "s");
        printConfusion(tested.confusionMatrix());
        PictureSheet.write(test, network, sheet);
        Charts.write(chart(history), chart);
        print("%nThe weights: %s (documents fashion-frozen makes a class of them)%n", weights);
        print("The losses over the epochs: %s%n", chart);
        print("Test pictures that are taken for something else: %s%n", sheet);
    }

    private History train(FashionNetwork network, RecordStore records, RecordStore heldBack) {
        Initializers.heNormal().initialize(network, seed);
        long steps = (long) epochs * ((records.count() - 1) / BATCH + 1);
        return Trainer.builder()
                .optimizer(Optimizers.adam(rate))
                .schedule(Schedules.cosine(steps, 0))
                .batchSize(BATCH)
                .shuffled(seed)
                .epochs(epochs)
                .threads(threads, FashionNetwork::new)
                .validation(heldBack)
                .metric(ACCURACY, Metrics::accuracy)
                .listener(Progress.to(System.err))
                .build()
                .train(network, records);
    }

    private void printConfusion(int[][] matrix) {
        print("What test pictures show, and what they are taken for%n%-12s", "");
        for (String kind : Pictures.KINDS) {
            print(" %5s", kind.substring(0, Math.min(5, kind.length())));
        }
        for (int actual = 0; actual < matrix.length; actual++) {
            print("%n%-12s", Pictures.KINDS.get(actual));
            for (int count : matrix[actual]) {
                print(" %5s", count == 0 ? "." : "" + count);
            }
        }
        print("%n");
    }

    private static XYChart chart(History history) {
        XYChart chart = Charts.empty(
                "Fashion-MNIST: losses of a 784-128-10 network over the epochs", "epoch", "mean cross-entropy");
        chart.getStyler().setLegendPosition(LegendPosition.InsideNE);
        chart.getStyler().setXAxisDecimalPattern("0");
        double[] epochs =
                IntStream.rangeClosed(1, history.epochs()).asDoubleStream().toArray();
        double[] losses =
                IntStream.range(0, history.epochs()).mapToDouble(history::loss).toArray();
        double[] validationLosses = IntStream.range(0, history.epochs())
                .mapToDouble(history::validationLoss)
                .toArray();
        Charts.addLine(chart, "training, while it learns", epochs, losses, Charts.BLUE);
        Charts.addLine(chart, "held back, after the epoch", epochs, validationLosses, Charts.ORANGE);
        return chart;
    }
}
