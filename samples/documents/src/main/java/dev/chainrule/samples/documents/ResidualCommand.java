package dev.chainrule.samples.documents;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.samples.documents.graphs.Residual_ChainNetwork;
import dev.chainrule.samples.documents.graphs.Residual_SkipsNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What skips do for a deep network. */
@Command(
        name = "residual",
        description =
                "Eight hidden layers learn a sine, as a chain, where the gradient vanishes on its way back, and with skips"
                        + " around seven of them.")
final class ResidualCommand extends Program {
    private static final int POINTS = 64;
    private static final int ROWS = 8;

    @Option(names = "--epochs", description = "How often all points are gone through.")
    private int epochs = 400;

    @Option(names = "--rate", description = "Adam's learning rate.")
    private double rate = 0.01;

    @Option(names = "--seed", description = "Draws the weights at first.")
    private long seed = 1;

    @Override
    void run() {
        Records records = sine();
        History chain = train(new Residual_ChainNetwork(), records);
        History skips = train(new Residual_SkipsNetwork(), records);
        print(
                "Eight hidden layers of 12 units, sigmoid(z) - 1/2, learn sin(3 x) at %d points, by Adam at %s; seed %d%n",
                POINTS, rate, seed);
        print("%nMean error (y - t)^2 / 2%n%-10s %12s %12s%n", "in epoch", "chain", "with skips");
        int every = Math.max(1, epochs / ROWS);
        for (int epoch = every; epoch <= epochs; epoch += every) {
            print("%-10d %12.6f %12.6f%n", epoch, chain.loss(epoch - 1), skips.loss(epoch - 1));
        }
    }

    private static Records sine() {
        double[] x = new double[POINTS];
        double[] y = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            x[i] = -1 + 2.0 * i / (POINTS - 1);
            y[i] = StrictMath.sin(3 * x[i]);
        }
        return Records.wrap(x, 1, y, 1);
    }

    private History train(TrainableNetwork network, Records records) {
        Initializers.glorotUniform().initialize(network, seed);
        return Trainer.builder()
                .optimizer(Optimizers.adam(rate))
                .epochs(epochs)
                .build()
                .train(network, records);
    }
}
