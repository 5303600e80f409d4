package dev.chainrule.samples.documents;

import dev.chainrule.runtime.drawing.NetworkDrawing;
import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.Initializer;
import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Schedules;
import dev.chainrule.runtime.training.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** "A small MLP": trains the 3-4-4-1 network and draws its graph with values and gradients. */
@Command(
        name = "mlp",
        description = "From " + Titles.SMALL_MLP
                + ": 3-4-4-1 tanh units learn four records by gradient descent on the sum of squares; the graph"
                + " of the trained network is drawn with values and gradients.")
final class MlpCommand extends Program {
    private static final double RATE = 0.05;

    @Option(names = "--seed", description = "Draw all parameters from (-1, 1); otherwise they are the document's.")
    private Long seed;

    @Option(names = "--steps", description = "How many steps to take.")
    private int steps = 20;

    @Option(names = "--rate", description = "The learning rate.")
    private double rate = RATE;

    @Option(names = "--decay", description = "Learning-rate decay: step t has the rate / (1 + decay (t - 1)).")
    private double decay;

    @Option(names = "--record", description = "Which of the records 0 to 3 to draw.")
    private int record;

    @Option(names = "--graph", paramLabel = "FILE", description = "Where to draw the graph, as SVG.")
    private Path graph = Path.of("mlp.svg");

    @Override
    void run() throws IOException {
        check(record >= 0 && record < Mlp.INPUTS.length, "the record is " + record + "; expected 0 to 3");
        MlpNetwork network = new MlpNetwork(Mlp.DOCUMENT.start().clone());
        if (seed != null) {
            Initializer uniform = Initializers.uniform(-1, 1);
            uniform.withBiases(uniform).initialize(network, seed);
        }
        History history = Trainer.builder()
                .summed()
                .optimizer(Optimizers.gradientDescent(rate))
                .schedule(Schedules.inverseTime(decay))
                .epochs(steps)
                .build()
                .train(network, Mlp.records());
        printErrors(history);
        printOutputs(network);
        draw(network);
    }

    private boolean isDocuments() {
        return seed == null && rate == RATE && decay == 0;
    }

    private void printErrors(History history) {
        print("From %s: 3-4-4-1 tanh units learn four records%n", Titles.SMALL_MLP);
        print(
                "Sum of squares, parameters uniform in (-1, 1), %s; learning rate %s, decay %s%n%n",
                seed == null ? "the document's" : "seed " + seed, rate, decay);
        print("step      rate    error before");
        print(isDocuments() ? "    the document%n" : "%n");
        for (int step = 0; step < history.epochs(); step++) {
            print("%4d %9.5f %15.12f", step + 1, history.rate(step), history.loss(step));
            print(isDocuments() ? " %15s%n" : "%n", Mlp.DOCUMENT.errorBefore(step, 12));
        }
    }

    private void printOutputs(MlpNetwork network) {
        boolean asLong = isDocuments() && steps == Mlp.DOCUMENT.errors().length;
        print("%nrecord  target     output after");
        print(asLong ? "    the document%n" : "%n");
        double[] output = new double[MlpNetwork.OUTPUTS];
        for (int i = 0; i < Mlp.INPUTS.length; i++) {
            network.forward(Mlp.INPUTS[i], output);
            print("%6d %7.0f %16.12f", i, Mlp.TARGETS[i][0], output[0]);
            print(asLong ? " %15.12f%n" : "%n", Mlp.DOCUMENT.outputs()[i][0]);
        }
    }

    private void draw(MlpNetwork network) throws IOException {
        double[] input = Mlp.INPUTS[record];
        double[] target = Mlp.TARGETS[record];
        String title = text(
                "3-4-4-1 tanh after %d steps, record %d: x = (%s, %s, %s), t = %s, E = %.4f",
                steps, record, input[0], input[1], input[2], target[0], network.loss(input, target));
        write(NetworkDrawing.svg(title, network, input, target), graph);
        print("%nThe graph of record %d with values and gradients: %s%n", record, graph);
    }
}
