package dev.chainrule.samples.documents.methods;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.Records;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Records to learn, and how well.
 *
 * @param name with the network's layers
 * @param network makes it
 * @param records all of which a step sees
 * @param goal the loss to come to
 */
public record Task(String name, Supplier<TrainableNetwork> network, Records records, double goal) {
    private static final long SEED = 1;

    /** The sine over a period, at 100 places. */
    public static Task sine() {
        double[] x = new double[100];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = -1 + 2.0 * i / (x.length - 1);
            y[i] = StrictMath.sin(Math.PI * x[i]);
        }
        return new Task("sine, 1-10-1", Networks_SineNetwork::new, Records.wrap(x, 1, y, 1), 1e-8);
    }

    /** Two spirals of one and a half turns, 100 points each. */
    public static Task spirals() {
        double[] x = new double[400];
        double[] y = new double[200];
        for (int i = 0; i < y.length; i++) {
            int side = i % 2 == 0 ? 1 : -1;
            double part = (i / 2 + 1) / 100.0;
            double angle = 3 * Math.PI * part;
            x[2 * i] = side * part * StrictMath.cos(angle);
            x[2 * i + 1] = side * part * StrictMath.sin(angle);
            y[i] = 0.9 * side;
        }
        return new Task("two spirals, 2-10-10-1", Networks_SpiralsNetwork::new, Records.wrap(x, 2, y, 1), 1e-3);
    }

    /**
     * Who was admitted.
     *
     * @param records standardised
     */
    public static Task admissions(Records records) {
        return new Task("admissions, 6-4-1", Networks_AdmissionNetwork::new, records, 0.18);
    }

    /** Three clusters of four dimensions that touch, 50 points each. */
    public static Task clusters() {
        Random random = new Random(SEED);
        double[] x = new double[600];
        double[] y = new double[450];
        for (int i = 0; i < 150; i++) {
            for (int j = 0; j < 4; j++) {
                x[4 * i + j] = 0.6 * random.nextGaussian() + (j == i % 3 ? 1 : 0) - (j == 3 ? i % 3 - 1 : 0);
            }
            y[3 * i + i % 3] = 1;
        }
        return new Task("three clusters, 4-8-3", Networks_ClustersNetwork::new, Records.wrap(x, 4, y, 3), 0.005);
    }

    /** The network as it is before the first step, the same for all methods. */
    TrainableNetwork begin() {
        TrainableNetwork made = network.get();
        Initializers.glorotUniform().initialize(made, SEED);
        return made;
    }
}
