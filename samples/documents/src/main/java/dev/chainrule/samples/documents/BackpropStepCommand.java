package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import java.util.Arrays;
import picocli.CommandLine.Command;

/** The worked example of "Single unit and multilayer perceptron" with a hidden unit: one step by backpropagation. */
@Command(
        name = "backprop-step",
        description = "From " + Titles.UNIT_AND_PERCEPTRON
                + ": the worked example of backpropagation in a 2-1-1 network of sigmoid units without biases: x = 0.1, 0.3;"
                + " w = 0.4, -0.2; W = 0.1; y = 1; one step at a rate of 0.5.")
final class BackpropStepCommand extends Program {
    @Override
    void run() {
        BackpropStep step = BackpropStep.ofTheDocument();
        print("From %s: one step by backpropagation, 2-1-1 sigmoid units%n", Titles.UNIT_AND_PERCEPTRON);
        print("Without biases; x = 0.1, 0.3; w = 0.4, -0.2; W = 0.1; y = 1; rate 0.5%n");
        print(
                "E = (y - output)^2 / 2; a weight's step is the rate times the error behind it times the value before it%n%n");
        print("%-22s %14s %14s%n", "", "this network", "the document");
        printRow("hidden output", step.hidden(), "0.495");
        printRow("output", step.output(), "0.512");
        printRow("output error", step.outputError(), "0.122");
        printRow("hidden error", step.hiddenError(), "0.003");
        printRow("step of W (w2_0_0)", step.weightSteps()[2], "0.0302");
        printRow("step of w (w1_0_0)", step.weightSteps()[0], "0.00015");
        printRow("step of w (w1_1_0)", step.weightSteps()[1], "0.00045");
        print(
                "%nThe document goes on with rounded numbers. All agree to the digits that it gives but the last: it has%n");
        print("0.5 * 0.003 * 0.3 = 0.00045, where the hidden error before rounding, 0.0030455, gives 0.00046.%n");
    }

    private void printRow(String name, double value, String document) {
        print("%-22s %14.9f %14s%n", name, value, document);
    }

    /**
     * What comes of the step.
     *
     * @param hidden the output of the hidden unit
     * @param output of the network
     * @param outputError {@code (y - output) sigmoid'} of the output unit: {@code -delta2_0}
     * @param hiddenError the error that is carried back to the hidden unit: {@code -delta1_0}
     * @param weightSteps how the weights move, in the order of the parameters: {@code w1_0_0, w1_1_0, w2_0_0}
     */
    record BackpropStep(double hidden, double output, double outputError, double hiddenError, double[] weightSteps) {
        static BackpropStep ofTheDocument() {
            double[] x = {0.1, 0.3};
            double[] y = {1};
            double[] weights = {0.4, -0.2, 0.1};
            TwoOneOneNetwork network = new TwoOneOneNetwork(weights.clone());

            double[] hidden = new double[1];
            new SingleUnitNetwork(Arrays.copyOf(weights, 2)).forward(x, hidden);
            double[] output = new double[1];
            network.forward(x, output);
            double[] gradient = new double[3];
            network.backprop(x, y, gradient);
            Trainer.builder()
                    .optimizer(Optimizers.gradientDescent(0.5))
                    .epochs(1)
                    .build()
                    .train(network, Records.wrap(x, 2, y, 1));
            double[] steps = network.parameters().clone();
            Arrays.setAll(steps, i -> steps[i] - weights[i]);
            return new BackpropStep(hidden[0], output[0], -gradient[2] / hidden[0], -gradient[0] / x[0], steps);
        }
    }
}
