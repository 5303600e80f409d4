package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.samples.documents.graphs.AgentNetwork;
import dev.chainrule.samples.documents.graphs.Grid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A network with two outputs and two losses. */
@Command(
        name = "policy",
        description =
                "A network with two outputs learns for each place of a grid with walls which step is the best, and what the"
                        + " place is worth.")
final class PolicyCommand extends Program {
    @Option(names = "--epochs", description = "How often all places are gone through.")
    private int epochs = 1000;

    @Option(names = "--seed", description = "Draws the weights at first.")
    private long seed = 1;

    @Override
    void run() {
        Records records = Grid.records();
        AgentNetwork network = new AgentNetwork();
        Initializers.glorotUniform().initialize(network, seed);
        Trainer.builder()
                .optimizer(Optimizers.adam(0.01))
                .epochs(epochs)
                .build()
                .train(network, records);
        print(
                "The best step to G from %d places, and 0.9 to the power of the steps after it; seed %d%n%n",
                records.count(), seed);
        double[] output = new double[network.outputs()];
        double worst = 0;
        int record = 0;
        for (int row = 0; row < Grid.SIZE; row++) {
            StringBuilder steps = new StringBuilder();
            StringBuilder values = new StringBuilder();
            for (int column = 0; column < Grid.SIZE; column++) {
                if (!Grid.isFree(column, row) || Grid.isGoal(column, row)) {
                    steps.append(Grid.isFree(column, row) ? " G" : " #");
                    values.append("     ").append(Grid.isFree(column, row) ? "G" : "#");
                    continue;
                }
                network.forward(new double[] {column, row}, output);
                steps.append(' ').append(Grid.ARROWS.charAt(best(output)));
                values.append(text(" %5.3f", output[4]));
                worst = Math.max(worst, Math.abs(output[4] - records.targets()[5 * record++ + 4]));
            }
            print("%s   %s%n", steps, values);
        }
        print("%nThe values are off by %.3f at most%n", worst);
    }

    private static int best(double[] output) {
        int best = 0;
        for (int step = 1; step < 4; step++) {
            best = output[step] > output[best] ? step : best;
        }
        return best;
    }
}
