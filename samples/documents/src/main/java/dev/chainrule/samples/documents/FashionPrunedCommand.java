package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.Metrics;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Progress;
import dev.chainrule.runtime.training.Pruning;
import dev.chainrule.runtime.training.RecordStore;
import dev.chainrule.runtime.training.Schedules;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.runtime.weights.WeightFile;
import dev.chainrule.samples.documents.fashion.Pictures;
import dev.chainrule.samples.documents.fashion.SmallFashionNetwork;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How much of a network can be left out: most weights between pixels and hidden units. */
@Command(
        name = "fashion-pruned",
        description =
                "Fashion-MNIST with a 784-30-10 network, whose first layer is pruned to a few of its weights, at once and"
                        + " little by little while it learns; all three are tested on 10,000 pictures. With vectors: java"
                        + " --add-modules jdk.incubator.vector -jar ...")
final class FashionPrunedCommand extends Program {
    private static final int BATCH = 64;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data set's four files, gzipped, as Debian's package dataset-fashion-mnist has them.")
    private Path data = Path.of("/usr/share/datasets/fashion-mnist");

    @Option(names = "--share", description = "The share of the first layer's weights that become 0.")
    private double share = 0.95;

    @Option(
            names = "--epochs",
            description = "How often all pictures are gone through with all weights; with pruning it is twice as often,"
                    + " and the weights become 0 in the first half.")
    private int epochs = 15;

    @Option(
            names = "--rate",
            description = "Adam's learning rate at first, twice as much with pruning; it falls to 0 along a cosine.")
    private double rate = 0.002;

    @Option(names = "--l1", description = "Draws weights to 0 while the network is pruned.")
    private double l1 = 1e-4;

    @Option(names = "--seed", description = "Draws the weights at first and the order of the pictures.")
    private long seed = 1;

    @Option(names = "--threads", description = "How many threads compute; their number changes no digit.")
    private int threads = Math.min(4, Runtime.getRuntime().availableProcessors());

    @Option(names = "--weights", paramLabel = "FILE", description = "Where to save the pruned weights.")
    private Path weights = Path.of("fashion-pruned.safetensors");

    @Override
    void run() throws IOException {
        RecordStore records = Pictures.toTrain(data).records();
        RecordStore test = Pictures.toTest(data).records();
        Pruning pruning = Pruning.to(share).of("hidden");
        SmallFashionNetwork network = new SmallFashionNetwork();
        Initializers.heNormal().initialize(network, seed);
        print(
                "Fashion-MNIST by a 784-30-10 network: %d pictures to train on, %d to test; seed %d%n%n",
                records.count(), test.count(), seed);
        out().flush();

        trainer(records, epochs, rate).build().train(network, records);
        double dense = accuracy(network, test);
        print("All weights, after %d epochs:              accuracy %.4f%n", epochs, dense);

        SmallFashionNetwork atOnce =
                new SmallFashionNetwork(network.parameters().clone());
        pruning.prune(atOnce, records);
        print("%.1f %% of the first layer's made 0 at once:  accuracy %.4f%n", 100 * share, accuracy(atOnce, test));

        trainer(records, 2 * epochs, 2 * rate)
                .pruning(pruning.ramp(1, epochs))
                .l1(l1)
                .sparingBiases()
                .build()
                .train(network, records);
        double pruned = accuracy(network, test);
        print(
                "As many little by little, over %d epochs:  accuracy %.4f, %.2f points less than with all%n%n",
                2 * epochs, pruned, 100 * (dense - pruned));
        WeightFile.save(network, weights);
        print("The pruned weights: %s%n", weights);
    }

    private Trainer.Builder trainer(RecordStore records, int times, double firstRate) {
        long steps = (long) times * ((records.count() - 1) / BATCH + 1);
        return Trainer.builder()
                .optimizer(Optimizers.adam(firstRate))
                .schedule(Schedules.cosine(steps, 0))
                .batchSize(BATCH)
                .shuffled(seed)
                .epochs(times)
                .threads(threads)
                .listener(Progress.to(System.err));
    }

    private static double accuracy(SmallFashionNetwork network, RecordStore test) {
        return Metrics.of(network, test).accuracy();
    }
}
