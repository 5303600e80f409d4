package dev.chainrule.samples.documents;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A unit of "A small MLP" as an expression graph, with local derivatives, beside what the generated class computes. */
@Command(
        name = "unit-graph",
        description = "From " + Titles.SMALL_MLP + ": a tanh unit of two inputs as an expression graph, with the local"
                + " derivative of every operation and the derivative of the output by every number, printed and drawn.")
final class UnitGraphCommand extends Program {
    @Option(names = "--inputs", split = ",", paramLabel = "X", description = "Two inputs, separated by a comma.")
    private double[] inputs = {2, 0};

    @Option(names = "--weights", split = ",", paramLabel = "W", description = "Two weights, separated by a comma.")
    private double[] weights = {-3, 1};

    @Option(
            names = "--bias",
            paramLabel = "B",
            description = "The bias; 6 + ln(1 + sqrt 2) gives an output of 1/sqrt 2.")
    private double bias = 6.881373587019543;

    @Option(names = "--graph", paramLabel = "FILE", description = "Where to draw the graph, as SVG.")
    private Path graph = Path.of("unit-graph.svg");

    @Override
    void run() throws IOException {
        check(inputs.length == 2, "there are " + inputs.length + " inputs; expected 2");
        check(weights.length == 2, "there are " + weights.length + " weights; expected 2");
        check(
                Math.abs(bias) <= 1e6
                        && IntStream.range(0, 2)
                                .allMatch(i -> Math.abs(inputs[i]) <= 1e6 && Math.abs(weights[i]) <= 1e6),
                "the numbers are " + Arrays.toString(inputs) + ", " + Arrays.toString(weights) + " and " + bias
                        + "; expected -1e6 to 1e6");
        GraphNode output = output();
        output.backward();
        print("From %s: a tanh unit as an expression graph%n", Titles.SMALL_MLP);
        print("a1_0 = tanh(z1_0), z1_0 = x_0 w1_0_0 + x_1 w1_1_0 + b1_0; the gradient of a number is da1_0 by it%n%n");
        print("%-17s %18s %18s %18s  %s%n", "number", "value", "gradient", "generated class", "local derivatives");
        Map<String, Double> generated = generatedClass();
        for (GraphNode node : output.inOrder()) {
            print("%-17s %18.15f %18.15f", node.name(), node.value() + 0.0, node.gradient() + 0.0);
            Double gradient = generated.get(node.name());
            print(" %18s  %s%n", gradient == null ? "-" : text("%.15f", gradient + 0.0), locals(node));
        }
        print(
                "%nThe gradient of an operand is that of the result times the local derivative, backwards from da1_0/da1_0 = 1.%n");
        print("The generated class has them by backpropagation, with a target that makes dE/da1_0 = a1_0 - t_0 = 1.%n");
        String title = "A tanh unit: values, gradients (derivatives of a1_0), and local derivatives on the lines";
        write(GraphDrawing.svg(title, output), graph);
        print("%nThe graph: %s%n", graph);
    }

    private GraphNode output() {
        GraphNode first =
                GraphNode.product("x_0 w1_0_0", GraphNode.of("x_0", inputs[0]), GraphNode.of("w1_0_0", weights[0]));
        GraphNode second =
                GraphNode.product("x_1 w1_1_0", GraphNode.of("x_1", inputs[1]), GraphNode.of("w1_1_0", weights[1]));
        GraphNode sum = GraphNode.sum("sum of products", first, second);
        GraphNode z = GraphNode.sum("z1_0", sum, GraphNode.of("b1_0", bias));
        return GraphNode.tanh("a1_0", z);
    }

    /** The derivatives of the output by inputs and parameters. */
    private Map<String, Double> generatedClass() {
        TanhUnitNetwork network = new TanhUnitNetwork(new double[] {weights[0], weights[1], bias});
        double[] output = new double[1];
        network.forward(inputs, output);
        double[] target = {output[0] - 1};
        double[] byInputs = new double[2];
        network.inputGradient(inputs, target, byInputs);
        double[] byParameters = new double[TanhUnitNetwork.PARAMETERS];
        network.backprop(inputs, target, byParameters);
        return Map.of(
                "x_0", byInputs[0],
                "x_1", byInputs[1],
                "w1_0_0", byParameters[0],
                "w1_1_0", byParameters[1],
                "b1_0", byParameters[2]);
    }

    private static String locals(GraphNode node) {
        return IntStream.range(0, node.operands().size())
                .mapToObj(k -> text(
                        "%.6f by %s",
                        node.locals().get(k), node.operands().get(k).name()))
                .collect(Collectors.joining(", "));
    }
}
