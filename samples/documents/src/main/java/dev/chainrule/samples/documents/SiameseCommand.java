package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.Metrics;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.samples.documents.graphs.SiameseNetwork;
import java.util.Random;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A network with shared weights. */
@Command(
        name = "siamese",
        description =
                "A network with shared weights learns whether two points lie in the same of three rings around the centre, and"
                        + " is tested on other pairs.")
final class SiameseCommand extends Program {
    private static final int RINGS = 3;
    private static final int SHOWN = 5;

    @Option(names = "--pairs", description = "How many pairs to learn from, and to test on.")
    private int pairs = 1000;

    @Option(names = "--epochs", description = "How often all pairs are gone through.")
    private int epochs = 200;

    @Option(names = "--seed", description = "Draws the points, the weights at first and the order of the pairs.")
    private long seed = 1;

    @Override
    void run() {
        check(pairs >= SHOWN, "the number of pairs is " + pairs + "; expected at least " + SHOWN);
        Random random = new Random(seed);
        Records training = pairs(random);
        Records test = pairs(random);
        SiameseNetwork network = new SiameseNetwork();
        Initializers.glorotUniform().initialize(network, seed);
        Trainer.builder()
                .optimizer(Optimizers.adam(0.01))
                .batchSize(20)
                .shuffled(seed)
                .epochs(epochs)
                .build()
                .train(network, training);
        print("Do two points lie in the same of %d rings? %d pairs to learn from, seed %d%n", RINGS, pairs, seed);
        print("%d parameters, as both points go through the same weights%n%n", network.parameters().length);
        print(
                "accuracy of the pairs to learn from %.3f%n",
                Metrics.of(network, training).accuracy());
        print(
                "accuracy of %d other pairs        %.3f%n%n",
                pairs, Metrics.of(network, test).accuracy());
        print("%-18s %-18s %6s %10s %10s%n", "left", "right", "same", "told", "exchanged");
        double[] output = new double[1];
        for (int pair = 0; pair < SHOWN; pair++) {
            double[] x = test.select(pair).inputs();
            network.forward(x, output);
            print(
                    "(%5.2f, %5.2f)     (%5.2f, %5.2f)     %6.0f %10.6f",
                    x[0], x[1], x[2], x[3], test.targets()[pair], output[0]);
            network.forward(new double[] {x[2], x[3], x[0], x[1]}, output);
            print(" %10.6f%n", output[0]);
        }
    }

    /** As many in the same ring as in different ones, but for chance. */
    private Records pairs(Random random) {
        double[] inputs = new double[4 * pairs];
        double[] targets = new double[pairs];
        for (int pair = 0; pair < pairs; pair++) {
            int left = random.nextInt(RINGS);
            boolean isSame = random.nextBoolean();
            int right = isSame ? left : (left + 1 + random.nextInt(RINGS - 1)) % RINGS;
            point(left, random, inputs, 4 * pair);
            point(right, random, inputs, 4 * pair + 2);
            targets[pair] = isSame ? 1 : 0;
        }
        return Records.wrap(inputs, 4, targets, 1);
    }

    private static void point(int ring, Random random, double[] inputs, int at) {
        double radius = ring + 0.1 + 0.8 * random.nextDouble();
        double angle = 2 * Math.PI * random.nextDouble();
        inputs[at] = radius * StrictMath.cos(angle);
        inputs[at + 1] = radius * StrictMath.sin(angle);
    }
}
