package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import java.util.Arrays;
import picocli.CommandLine.Command;

/** The worked example of "Single unit and multilayer perceptron" with a unit alone: one step of gradient descent. */
@Command(
        name = "unit-step",
        description = "From " + Titles.UNIT_AND_PERCEPTRON
                + ": the worked example of one sigmoid unit without bias: x = 0.1, 0.3; y = 0.2; w = -0.8, 0.5; one step of"
                + " gradient descent at a rate of 0.5 on half of the squared error.")
final class UnitStepCommand extends Program {
    @Override
    void run() {
        UnitStep step = UnitStep.ofTheDocument();
        print("From %s: one step of a sigmoid unit without bias%n", Titles.UNIT_AND_PERCEPTRON);
        print("x = 0.1, 0.3; y = 0.2; w = -0.8, 0.5; rate 0.5%n");
        print("E = (y - output)^2 / 2; the error term is (y - output) sigmoid'(h), so that dE/dw = -(error term) x%n");
        print("The step of a weight is del_w = rate (error term) x%n%n");
        print(
                "The document gives these inputs and the rule; beside our doubles are its results in 50-digit arithmetic.%n%n");
        print("%-16s %18s %21s%n", "", "this network", "the document's rule");
        printRow("output", step.output(), "0.517492857666390");
        printRow("error", step.error(), "-0.317492857666390");
        printRow("error term", step.errorTerm(), "-0.079276061580138");
        printRow("del_w of w1_0_0", step.steps()[0], "-0.003963803079007");
        printRow("del_w of w1_1_0", step.steps()[1], "-0.011891409237021");
        printRow("new w1_0_0", step.weights()[0], "-0.803963803079007");
        printRow("new w1_1_0", step.weights()[1], "0.488108590762979");
    }

    private void printRow(String name, double value, String document) {
        print("%-16s %18.15f %21s%n", name, value, document);
    }

    /**
     * What comes of the step.
     *
     * @param output before the step
     * @param error the target less the output
     * @param errorTerm the error times the derivative of the sigmoid
     * @param steps how the weights move: {@code del_w}
     * @param weights after the step
     */
    record UnitStep(double output, double error, double errorTerm, double[] steps, double[] weights) {
        private static final double RATE = 0.5;

        static UnitStep ofTheDocument() {
            double[] x = {0.1, 0.3};
            double[] y = {0.2};
            SingleUnitNetwork unit = new SingleUnitNetwork(new double[] {-0.8, 0.5});

            double[] output = new double[1];
            unit.forward(x, output);
            double[] gradient = new double[2];
            unit.backprop(x, y, gradient);
            Trainer.builder()
                    .optimizer(Optimizers.gradientDescent(RATE))
                    .epochs(1)
                    .build()
                    .train(unit, Records.wrap(x, 2, y, 1));
            double[] steps = Arrays.stream(gradient).map(slope -> -RATE * slope).toArray();
            return new UnitStep(output[0], y[0] - output[0], -gradient[0] / x[0], steps, unit.parameters());
        }
    }
}
