package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.Initializer;
import dev.chainrule.runtime.training.Initializers;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The forward pass of "Single unit and multilayer perceptron" through a 4x3x2 network. */
@Command(
        name = "forward-4-3-2",
        description =
                "From " + Titles.UNIT_AND_PERCEPTRON
                        + ": a forward pass through a 4-3-2 network of sigmoid units without biases: the hidden layer and the output.")
final class ForwardPassCommand extends Program {
    /** The document's input, from N(0, 1): what numpy draws first after {@code seed(42)}. */
    static final double[] INPUT = {0.4967141530112327, -0.13826430117118466, 0.6476885381006925, 1.5230298564080254};

    /** The document's weights, from N(0, 0.1): what numpy draws next. */
    static final double[] WEIGHTS = {
        -0.023415337472333597,
        -0.023413695694918055,
        0.15792128155073915,
        0.07674347291529088,
        -0.04694743859349521,
        0.05425600435859647,
        -0.046341769281246226,
        -0.04657297535702569,
        0.02419622715660341,
        -0.1913280244657798,
        -0.1724917832513033,
        -0.05622875292409727,
        -0.10128311203344238,
        0.03142473325952739,
        -0.0908024075521211,
        -0.14123037013352915,
        0.14656487689215542,
        -0.02257763004865357
    };

    @Option(
            names = "--input",
            split = ",",
            paramLabel = "X",
            description = "The inputs, separated by commas; otherwise the document's, or random ones from N(0, 1).")
    private double[] input;

    @Option(
            names = "--seed",
            description = "Draw the weights, and the inputs if there are none; otherwise they are the document's.")
    private Long seed;

    @Option(
            names = "--deviation",
            paramLabel = "S",
            description =
                    "With --seed: draw the weights from N(0, S); otherwise from N(0, 1/sqrt(n)), n inputs of the layer.")
    private Double deviation;

    @Override
    void run() {
        double[] x = input();
        FourThreeTwoNetwork network = network();
        double[] hidden = hidden(network.parameters(), x);
        double[] output = new double[FourThreeTwoNetwork.OUTPUTS];
        network.forward(x, output);

        print("From %s: a forward pass through 4-3-2 sigmoid units%n", Titles.UNIT_AND_PERCEPTRON);
        print("Without biases; weights from %s%n%n", weightsSource());
        print("%-14s %s%n", "input", text(x));
        print("%-14s %s%n", "hidden layer", text(hidden));
        printDocument(" [0.41492192 0.42604313 0.5002434 ]");
        print("%-14s %s%n", "output", text(output));
        printDocument(" [0.49815196 0.48539772]");
    }

    /** What the document prints, where this is its forward pass. */
    private void printDocument(String values) {
        if (input == null && seed == null) {
            print("%-14s %s%n", "  the document", values);
        }
    }

    private double[] input() {
        if (input != null) {
            return input;
        }
        return seed == null
                ? INPUT
                : DoubleStream.generate(new Random(seed)::nextGaussian)
                        .limit(FourThreeTwoNetwork.INPUTS)
                        .toArray();
    }

    private FourThreeTwoNetwork network() {
        if (seed == null) {
            return new FourThreeTwoNetwork(WEIGHTS.clone());
        }
        FourThreeTwoNetwork network = new FourThreeTwoNetwork();
        Initializer initializer = deviation == null ? Initializers.normal() : Initializers.normal(deviation);
        initializer.initialize(network, seed);
        return network;
    }

    private String weightsSource() {
        if (seed == null) {
            return "N(0, 0.1), the document's";
        }
        return text("N(0, %s), seed %d", deviation == null ? "1/sqrt(n)" : deviation, seed);
    }

    static double[] hidden(double[] parameters, double[] input) {
        double[] hidden = new double[FourThreeTwo_HiddenNetwork.OUTPUTS];
        new FourThreeTwo_HiddenNetwork(Arrays.copyOf(parameters, FourThreeTwo_HiddenNetwork.PARAMETERS))
                .forward(input, hidden);
        return hidden;
    }

    private static String text(double[] values) {
        return Arrays.stream(values).mapToObj(value -> text("%.8f", value)).collect(Collectors.joining(" ", "[", "]"));
    }
}
