package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.testing.OnnxBuilder.floats;
import static dev.chainrule.processor.testing.OnnxBuilder.integer;
import static dev.chainrule.processor.testing.OnnxBuilder.integers;
import static dev.chainrule.processor.testing.OnnxBuilder.real;
import static dev.chainrule.processor.testing.OnnxBuilder.reals;
import static dev.chainrule.processor.testing.OnnxBuilder.text;
import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static dev.chainrule.processor.testing.Vectors.largest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.OnnxBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that are graphs: the network that each is, and that its class computes what ONNX Runtime makes of the model. */
class OnnxGraphsTest {
    private static final int RECORDS = 20;

    /** Some roundings of floats, of the largest output. */
    private static final double ERROR = 4e-6;

    private static Compiled compiled;

    /**
     * A model that is known.
     *
     * @param topology the network that it is
     */
    record Graph(String name, OnnxBuilder model, List<String> outputs, String topology) {
        String className() {
            return "G" + Integer.toHexString(name.hashCode());
        }

        String declaration() {
            return """
                    package nets;

                    import dev.chainrule.annotations.*;

                    @Network(model = "%s.onnx", output = {"%s"})
                    final class %s {}
                    """.formatted(className(), String.join("\", \"", outputs), className());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void compile(@TempDir Path folder) throws IOException {
        Map<String, String> declarations = new LinkedHashMap<>();
        for (Graph graph : graphs()) {
            Files.write(
                    folder.resolve(graph.className() + ".onnx"), graph.model().bytes());
            declarations.put("nets." + graph.className(), graph.declaration());
        }
        compiled = Compiled.of(new NetworkProcessor(), declarations, "-Achainrule.resources=" + folder);
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void isTheNetwork(Graph graph) {
        Imported imported = OnnxImport.of(graph.model().bytes(), graph.outputs(), 10_000);
        assertThat(imported.problems()).isEmpty();
        assertThat(imported.network().orElseThrow().network().topology()).isEqualTo(graph.topology());
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void itsClassComputesWhatOnnxRuntimeDoes(Graph graph) {
        FrozenNetwork frozen = compiled.frozen("nets." + graph.className() + "Frozen");
        Random random = new Random(3);
        double[] output = new double[frozen.constant("OUTPUTS")];
        byte[] model = graph.model().bytes();
        for (int record = 0; record < RECORDS; record++) {
            double[] input = random.doubles(frozen.constant("INPUTS"), -3, 3)
                    .map(number -> (float) number)
                    .toArray();
            frozen.forward(input, output);
            int from = 0;
            for (String name : graph.outputs()) {
                // For inputs that the outputs are not made of, too
                double[] expected = OnnxTruth.ofRecord(model, name, Arrays.copyOf(input, input.length + 1));
                double[] actual = Arrays.copyOfRange(output, from, from + expected.length);
                assertWithin(name + " of record " + record, actual, expected, ERROR * (1 + largest(expected)));
                from += expected.length;
            }
            assertThat(from).isEqualTo(output.length);
        }
    }

    static List<Graph> graphs() {
        return List.of(
                of(
                        "residual",
                        layers().node("Add", "y", "h z"),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; layer2 = 4(IDENTITY, no bias) of layer1; "
                                + "layer3 = ADD 4(IDENTITY) of layer2, layer1; layer3"),
                of(
                        "difference",
                        layers().node("Sub", "y", "h z"),
                        "y",
                        "input:3; layer1 = 4(IDENTITY) of input; layer2 = ADD 4(TANH) of layer1; "
                                + "layer3 = 4(IDENTITY, no bias) of layer2; layer4 = ADD 4(-tanh(z)) of layer1; "
                                + "layer5 = ADD 4(IDENTITY) of layer3, layer4; layer5"),
                of(
                        "product of layers",
                        layers().node("Mul", "y", "h z"),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; layer2 = 4(IDENTITY, no bias) of layer1; "
                                + "layer3 = MULTIPLY 4(IDENTITY) of layer2, layer1; layer3"),
                of(
                        "quotient of layers",
                        layers().node("Exp", "e", "h").node("Div", "y", "z e"),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; layer2 = 4(1 / exp(z), no bias) of layer1; "
                                + "layer3 = MULTIPLY 4(IDENTITY) of layer1, layer2; layer3"),
                of(
                        "skip from the input",
                        floats().input("x", -1, 3)
                                .node("MatMul", "h", "x w")
                                .node("Add", "y", "x h")
                                .tensor("w", random(9), 3, 3),
                        "y",
                        "input:3; layer1 = 3(IDENTITY, no bias) of input; "
                                + "layer2 = ADD 3(IDENTITY) of input, layer1; layer2"),
                of(
                        "gate",
                        layers().node("Sigmoid", "s", "h").node("Mul", "y", "s h"),
                        "y",
                        "3-4(TANH)-4(SILU, no bias)"),
                of(
                        "two functions of a layer",
                        layers().node("Relu", "r", "h")
                                .node("Tanh", "t", "h")
                                .node("Add", "a", "r z")
                                .node("Mul", "y", "a t"),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; layer2 = 4(IDENTITY, no bias) of layer1; "
                                + "layer3 = ADD 4(RELU) of layer2; layer4 = ADD 4(IDENTITY) of layer3, layer1; "
                                + "layer5 = ADD 4(TANH) of layer2; layer6 = MULTIPLY 4(IDENTITY) of layer4, layer5; "
                                + "layer6"),
                of(
                        "number for each of a gate",
                        layers().node("MatMul", "one", "z column")
                                .tensor("column", random(4), 4, 1)
                                .node("Sigmoid", "s", "one")
                                .node("Mul", "y", "s z"),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; layer2 = 4(SIGMOID, no bias) of layer1; "
                                + "layer3 = MULTIPLY 4(IDENTITY) of layer2, layer1; layer3"),
                of(
                        "Sub and Div in front",
                        floats().input("x", -1, 4)
                                .node("Sub", "c", "x mean")
                                .node("Div", "n", "c four")
                                .node("MatMul", "y", "n v")
                                .tensor("v", random(8), 4, 2)
                                .tensor("mean", random(4), 1, 4)
                                .tensor("four", new double[] {0.5, -1.25, 2, 0.75}, 4),
                        "y",
                        "input:4; layer1 = SCALE 4(IDENTITY) of input; "
                                + "layer2 = 2(IDENTITY, no bias) of layer1; layer2"),
                of(
                        "Mul and Add in front",
                        floats().input("x", -1, 4)
                                .node("Mul", "c", "four x")
                                .node("Add", "n", "mean c")
                                .node("MatMul", "y", "n v")
                                .tensor("v", random(8), 4, 2)
                                .tensor("mean", random(4), 1, 4)
                                .tensor("four", new double[] {0.5, -1.25, 2, 0.75}, 4),
                        "y",
                        "input:4; layer1 = SCALE 4(IDENTITY) of input; "
                                + "layer2 = 2(IDENTITY, no bias) of layer1; layer2"),
                of(
                        "numbers less units",
                        layers().node("Sub", "s", "mean h").node("Relu", "y", "s"),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; layer2 = 4(IDENTITY, no bias) of layer1; "
                                + "layer3 = SCALE 4(RELU) of layer2; layer3"),
                of(
                        "numbers by units",
                        layers().node("Exp", "e", "h").node("Div", "y", "four e"),
                        "y",
                        "3-4(TANH)-4(p / exp(z), no bias)"),
                of(
                        "scale with a zero, and terms",
                        layers().tensor("zero", new double[] {1, 0, 2, 0}, 4)
                                .node("Mul", "s", "h zero")
                                .node("Add", "y", "s mean"),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; layer2 = 4(IDENTITY, no bias) of layer1; "
                                + "layer3 = SCALE 4(IDENTITY) of layer2; layer4 = SCALE 4(IDENTITY) of layer3; layer4"),
                of(
                        "second bias",
                        layers().node("Add", "g", "h four").node("Add", "y", "mean g"),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; layer2 = 4(IDENTITY) of layer1; "
                                + "layer3 = SCALE 4(IDENTITY) of layer2; layer3"),
                of(
                        "clipped",
                        floats().input("x", -1, 3)
                                .node("Clip", "c", "x low high")
                                .node("MatMul", "y", "c w")
                                .tensor("low", new double[] {-1})
                                .tensor("high", new double[] {0.5})
                                .tensor("w", random(6), 3, 2),
                        "y",
                        "input:3; layer1 = ADD 3(min(max(z, -1), 0.5)) of input; "
                                + "layer2 = 2(IDENTITY, no bias) of layer1; layer2"),
                of("clipped below", layers().node("Clip", "y", "h half"), "y", "3-4(TANH)-4(max(z, 0.5), no bias)"),
                of(
                        "BatchNormalization",
                        layers().node("BatchNormalization", "n", "h four mean mean variance", real("epsilon", 0.001f))
                                .node("Relu", "y", "n")
                                .tensor("variance", new double[] {0.5, 1.25, 2, 0.001}, 4),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; layer2 = 4(IDENTITY, no bias) of layer1; "
                                + "layer3 = SCALE 4(RELU) of layer2; layer3"),
                of(
                        "BatchNormalization of the input",
                        floats().input("x", -1, 2, 3)
                                .node("BatchNormalization", "n", "x two two two var")
                                .node("Flatten", "f", "n")
                                .node("MatMul", "y", "f w")
                                .tensor("two", new double[] {0.5, -2}, 2)
                                .tensor("var", new double[] {0.5, 2}, 2)
                                .tensor("w", random(12), 6, 2),
                        "y",
                        "input:6; layer1 = SCALE 6(IDENTITY) of input; "
                                + "layer2 = 2(IDENTITY, no bias) of layer1; layer2"),
                of(
                        "LayerNormalization",
                        layers().node("LayerNormalization", "y", "h four mean", real("epsilon", 0.01f)),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; layer2 = 4(IDENTITY, no bias) of layer1; "
                                + "layer3 = 4(-z, no bias) of layer2; layer4 = ADD 4(IDENTITY) of layer2, layer3; "
                                + "layer5 = ADD 4(z * z) of layer4; "
                                + "layer6 = 4(1 / sqrt(z + 0.009999999776482582), no bias) of layer5; "
                                + "layer7 = MULTIPLY 4(IDENTITY) of layer4, layer6; "
                                + "layer8 = SCALE 4(IDENTITY) of layer7; layer8"),
                of(
                        "LayerNormalization without terms",
                        layers().node("LayerNormalization", "n", "h four").node("MatMul", "y", "n v"),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; layer2 = 4(IDENTITY, no bias) of layer1; "
                                + "layer3 = 4(-z, no bias) of layer2; layer4 = ADD 4(IDENTITY) of layer2, layer3; "
                                + "layer5 = ADD 4(z * z) of layer4; "
                                + "layer6 = 4(1 / sqrt(z + 9.999999747378752E-6), no bias) of layer5; "
                                + "layer7 = MULTIPLY 4(IDENTITY) of layer4, layer6; "
                                + "layer8 = SCALE 4(IDENTITY) of layer7; layer9 = 4(IDENTITY, no bias) of layer8; layer9"),
                of(
                        "PRelu, a slope a unit",
                        layers().node("PRelu", "y", "h four"),
                        "y",
                        "3-4(TANH)-4(z < 0 ? p * z : z, no bias)"),
                of(
                        "PRelu, one slope",
                        layers().node("PRelu", "y", "h half"),
                        "y",
                        "3-4(TANH)-4(LEAKY_RELU 0.5, no bias)"),
                of("limits a unit", layers().node("Max", "y", "h four"), "y", "3-4(TANH)-4(max(z, p), no bias)"),
                of(
                        "sum of three",
                        layers().node("Sum", "y", "h z zz"),
                        "y",
                        "input:3; layer1 = 4(IDENTITY) of input; layer2 = ADD 4(TANH) of layer1; layer3 = 4(IDENTITY, no bias) of layer2; "
                                + "layer4 = ADD 4(IDENTITY) of layer3, layer2; layer5 = ADD 4(IDENTITY) of layer4, layer1; layer5"),
                of(
                        "sum with a number for each unit",
                        layers().node("Sum", "y", "h four"),
                        "y",
                        "3-4(TANH)-4(IDENTITY)"),
                of(
                        "greatest and least of three",
                        layers().node("Max", "m", "h four half").node("Min", "y", "m mean half"),
                        "y",
                        "3-4(TANH)-4(min(min(max(max(z, p), 0.5), p1), 0.5), no bias)"),
                of(
                        "transposed weights",
                        layers().node("Transpose", "u", "v", integers("perm", 1, 0))
                                .node("MatMul", "y", "h u"),
                        "y",
                        "3-4(TANH)-4(IDENTITY, no bias)-4(IDENTITY, no bias)"),
                of(
                        "formulas",
                        layers().node("Exp", "e", "h")
                                .node("Mul", "m", "e half")
                                .node("Sub", "y", "half m"),
                        "y",
                        "3-4(TANH)-4(0.5 - exp(z) * 0.5, no bias)"),
                of(
                        "Softmax inside",
                        layers().node("Softmax", "s", "h").node("MatMul", "y", "s v"),
                        "y",
                        "3-4(TANH)-4(SOFTMAX, no bias)-4(IDENTITY, no bias)"),
                of(
                        "Softmax of a half",
                        layers().node("Mul", "m", "h half").node("Softmax", "y", "m"),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; layer2 = 4(z * 0.5, no bias) of layer1; "
                                + "layer3 = ADD 4(SOFTMAX) of layer2; layer3"),
                of(
                        "LogSoftmax",
                        layers().node("LogSoftmax", "y", "h"),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; layer2 = 4(SOFTMAX, no bias) of layer1; "
                                + "layer3 = ADD 4(log(z)) of layer2; layer3"),
                of(
                        "one less a sigmoid, beside it",
                        floats().input("x", -1, 3)
                                .node("MatMul", "z", "x w")
                                .node("Sigmoid", "p", "z")
                                .node("Sub", "q", "one p")
                                .node("Concat", "y", "q p", integer("axis", 1))
                                .tensor("w", random(3), 3, 1)
                                .tensor("one", new double[] {1}),
                        "y",
                        "input:3; layer1 = 1(IDENTITY, no bias) of input; "
                                + "layer2 = ADD 1(1 - sigmoid(z)) of layer1; layer3 = ADD 1(SIGMOID) of layer1; "
                                + "layer4 = CONCATENATE 2(IDENTITY) of layer2, layer3; layer4"),
                of(
                        "Concat",
                        layers().node("Concat", "c", "z x h", integer("axis", -1))
                                .node("MatMul", "y", "c wide")
                                .tensor("wide", random(22), 11, 2),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; layer2 = 4(IDENTITY, no bias) of layer1; "
                                + "layer3 = 2(IDENTITY, no bias) of layer1, input, layer2; layer3"),
                of(
                        "Concat of activations",
                        layers().node("Concat", "c", "z h", integer("axis", 1)).node("Sigmoid", "y", "c"),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; layer2 = 4(IDENTITY, no bias) of layer1; "
                                + "layer3 = CONCATENATE 8(SIGMOID) of layer1, layer2; layer3"),
                of(
                        "Split",
                        layers().nodeOf("", "Split", "a c", "h lengths", integer("axis", 1))
                                .integers("lengths", new double[] {3, 1}, 2)
                                .node("Tanh", "t", "a")
                                .node("MatMul", "y", "t w3")
                                .tensor("w3", random(6), 3, 2),
                        "y",
                        "3-4(TANH)-3(TANH, no bias)-2(IDENTITY, no bias)"),
                of(
                        "Split in two",
                        layers().nodeOf("", "Split", "a c", "h", integer("axis", -1))
                                .node("Softplus", "s", "c")
                                .node("Mul", "y", "a s"),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; layer2 = 2(IDENTITY, no bias) of layer1; "
                                + "layer3 = 2(SOFTPLUS, no bias) of layer1; "
                                + "layer4 = MULTIPLY 2(IDENTITY) of layer2, layer3; layer4"),
                of(
                        "Slice of columns",
                        layers().node("Slice", "y", "h from to axes steps")
                                .integers("from", new double[] {-1}, 1)
                                .integers("to", new double[] {-100}, 1)
                                .integers("axes", new double[] {1}, 1)
                                .integers("steps", new double[] {-2}, 1),
                        "y",
                        "3-4(TANH)-2(IDENTITY, no bias)"),
                of(
                        "Slice of the input",
                        floats().input("x", -1, 5)
                                .node("Slice", "a", "x one three axes")
                                .node("Slice", "c", "x three five axes")
                                .node("Relu", "r", "c")
                                .node("Concat", "d", "a r", integer("axis", 1))
                                .node("MatMul", "y", "d v")
                                .tensor("v", random(8), 4, 2)
                                .integers("one", new double[] {1}, 1)
                                .integers("three", new double[] {3}, 1)
                                .integers("five", new double[] {5}, 1)
                                .integers("axes", new double[] {1}, 1),
                        "y",
                        "x_0:1; x_1:2; x_3:2; layer1 = ADD 2(RELU) of x_3; "
                                + "layer2 = 2(IDENTITY, no bias) of x_1, layer1; layer2"),
                of(
                        "Gather of columns",
                        floats().input("x", -1, 5)
                                .node("Gather", "g", "x places", integer("axis", 1))
                                .node("Tanh", "t", "g")
                                .node("MatMul", "y", "t w")
                                .tensor("w", random(8), 4, 2)
                                .integers("places", new double[] {4, 0, 1, -1}, 4),
                        "y",
                        "x_0:2; x_2:2; x_4:1; layer1 = CONCATENATE 4(TANH) of x_4, x_0, x_4; "
                                + "layer2 = 2(IDENTITY, no bias) of layer1; layer2"),
                of(
                        "Gather of a softmax",
                        layers().node("Softmax", "s", "h")
                                .node("Gather", "y", "s places", integer("axis", 1))
                                .integers("places", new double[] {2, 0}, 2),
                        "y",
                        "3-4(TANH)-4(SOFTMAX, no bias)-2(IDENTITY, no bias)"),
                of(
                        "Gather of what is joined",
                        layers().node("Concat", "c", "z h x", integer("axis", 1))
                                .node("Gather", "g", "c places", integer("axis", 1))
                                .node("MatMul", "y", "g w5")
                                .tensor("w5", random(10), 5, 2)
                                .integers("places", new double[] {9, 1, 2, 3, 4}, 5),
                        "y",
                        "x_0:1; x_1:1; x_2:1; layer1 = 3(TANH) of x_0, x_1, x_2; "
                                + "layer2 = 4(TANH) of x_0, x_1, x_2; layer3 = 1(IDENTITY, no bias) of layer2; "
                                + "layer4 = 2(IDENTITY, no bias) of x_1, layer1, layer3; layer4"),
                of(
                        "a column twice",
                        layers().node("PRelu", "p", "h four")
                                .node("Mul", "m", "p mean")
                                .node("Gather", "y", "m places", integer("axis", 1))
                                .integers("places", new double[] {3, 3, 0}, 3),
                        "y",
                        "input:3; layer1 = 4(TANH) of input; " + "layer2 = 3(z < 0 ? p * z : z, no bias) of layer1; "
                                + "layer3 = SCALE 3(IDENTITY) of layer2; layer3"),
                of(
                        "one record",
                        floats().input("x", 3)
                                .node("MatMul", "h", "w x")
                                .node("Add", "z", "h b")
                                .node("Relu", "r", "z")
                                .node("MatMul", "y", "r v")
                                .tensor("w", random(12), 4, 3)
                                .tensor("b", random(4), 4)
                                .tensor("v", random(8), 4, 2),
                        "y",
                        "3-4(RELU)-2(IDENTITY, no bias)"),
                of(
                        "a middle axis",
                        floats().input("x", -1, 1, 3)
                                .node("MatMul", "h", "x w")
                                .node("Add", "z", "h b")
                                .node("Squeeze", "s", "z one")
                                .node("Unsqueeze", "u", "s one")
                                .node("Tanh", "y", "u")
                                .tensor("w", random(12), 3, 4)
                                .tensor("b", random(4), 1, 4)
                                .integers("one", new double[] {1}, 1),
                        "y",
                        "3-4(TANH)"),
                of(
                        "a shape that is computed",
                        floats().input("x", -1, 2, 2)
                                .node("Shape", "s", "x")
                                .node("Gather", "n", "s zero")
                                .node("Unsqueeze", "u", "n first")
                                .node("Concat", "t", "u rest", integer("axis", 0))
                                .node("Reshape", "r", "x t")
                                .node("MatMul", "y", "r v")
                                .tensor("v", random(8), 4, 2)
                                .integers("zero", new double[] {0})
                                .integers("first", new double[] {0}, 1)
                                .integers("rest", new double[] {-1}, 1),
                        "y",
                        "4-2(IDENTITY, no bias)"),
                of(
                        "two inputs",
                        floats().input("left", -1, 2)
                                .input("right", -1, 3)
                                .node("MatMul", "l", "left w")
                                .node("MatMul", "r", "right v")
                                .node("Add", "y", "l r")
                                .tensor("w", random(4), 2, 2)
                                .tensor("v", random(6), 3, 2),
                        "y",
                        "left:2; right:3; layer1 = 2(IDENTITY, no bias) of left; "
                                + "layer2 = 2(IDENTITY, no bias) of right; layer3 = ADD 2(IDENTITY) of layer1, layer2; "
                                + "layer3"),
                of(
                        "two inputs side by side",
                        floats().input("left", -1, 2)
                                .input("Right.1", -1, 3)
                                .node("Concat", "c", "Right.1 left", integer("axis", 1))
                                .node("MatMul", "y", "c w")
                                .tensor("w", random(10), 5, 2),
                        "y",
                        "left:2; right_1:3; layer1 = 2(IDENTITY, no bias) of right_1, left; layer1"),
                of(
                        "an input of another output",
                        floats().input("x", -1, 2)
                                .input("state", -1)
                                .node("MatMul", "y", "x w")
                                .node("Identity", "next", "state")
                                .outputOfAnyShape("next")
                                .tensor("w", random(4), 2, 2),
                        "y",
                        "2-2(IDENTITY, no bias)"),
                of(
                        "HardSigmoid of another slope",
                        layers().node("HardSigmoid", "y", "h"),
                        "y",
                        "3-4(TANH)-4(max(0, min(1, 0.2 * z + 0.5)), no bias)"),
                of(
                        "Scaler",
                        learn().nodeOf(
                                        "ai.onnx.ml",
                                        "Scaler",
                                        "s",
                                        "x",
                                        reals("offset", 1, -2, 0.5f),
                                        reals("scale", 2, 0.5f, -1))
                                .node("MatMul", "y", "s w3")
                                .tensor("w3", random(6), 3, 2),
                        "y",
                        "input:3; layer1 = SCALE 3(IDENTITY) of input; "
                                + "layer2 = 2(IDENTITY, no bias) of layer1; layer2"),
                of(
                        "LinearRegressor",
                        learn().nodeOf(
                                        "ai.onnx.ml",
                                        "LinearRegressor",
                                        "y",
                                        "x",
                                        reals("coefficients", 1, -2, 0.5f, 2, 0.5f, -1),
                                        reals("intercepts", 1, 2),
                                        integer("targets", 2)),
                        "y",
                        "3-2(IDENTITY)"),
                of("LinearClassifier, softmax", classifier("SOFTMAX", 1, 2, 3), "y", "3-3(SOFTMAX)"),
                of(
                        "LinearClassifier, logistic and normalised",
                        classifier("LOGISTIC", 1, 2, 3)
                                .nodeOf("ai.onnx.ml", "Normalizer", "n", "y", text("norm", "L1")),
                        "n",
                        "input:3; layer1 = 3(SIGMOID) of input; " + "layer2 = 3(z > 0 ? 1 / z : 0, no bias) of layer1; "
                                + "layer3 = MULTIPLY 3(IDENTITY) of layer1, layer2; layer3"),
                of(
                        "LinearClassifier, scores and normalised",
                        classifier("NONE", 1, 2, 3).nodeOf("ai.onnx.ml", "Normalizer", "n", "y", text("norm", "L2")),
                        "n",
                        "input:3; layer1 = 3(IDENTITY) of input; layer2 = ADD 3(z * z) of layer1; "
                                + "layer3 = 3(z > 0 ? 1 / sqrt(z) : 0, no bias) of layer2; "
                                + "layer4 = MULTIPLY 3(IDENTITY) of layer1, layer3; layer4"),
                of(
                        "LinearClassifier, softmax and normalised",
                        classifier("SOFTMAX", 1, 2, 3).nodeOf("ai.onnx.ml", "Normalizer", "n", "y", text("norm", "L1")),
                        "n",
                        "3-3(SOFTMAX)"));
    }

    /** {@code z = tanh(b + x W)} of 3 inputs and 4 units, and {@code h = z V}. */
    private static OnnxBuilder layers() {
        return floats().input("x", -1, 3)
                .node("Gemm", "zz", "x w b")
                .node("Tanh", "z", "zz")
                .node("MatMul", "h", "z v")
                .tensor("w", random(12), 3, 4)
                .tensor("b", random(4), 4)
                .tensor("v", random(16), 4, 4)
                .tensor("four", new double[] {0.5, -1.25, 2, 0.75}, 4)
                .tensor("mean", new double[] {0.5, 1, -1, 0.25}, 4)
                .tensor("half", new double[] {0.5});
    }

    /** A model of 3 inputs that scikit-learn's operators are known in. */
    private static OnnxBuilder learn() {
        return floats().operatorSet("ai.onnx.ml", 1).input("x", -1, 3);
    }

    private static OnnxBuilder classifier(String transform, long... labels) {
        return learn().nodeOf(
                        "ai.onnx.ml",
                        "LinearClassifier",
                        "label y",
                        "x",
                        reals("coefficients", 1, -2, 0.5f, 2, 0.5f, -1, 0.25f, 0.75f, -0.5f),
                        reals("intercepts", 1, 2, -0.5f),
                        integers("classlabels_ints", labels),
                        text("post_transform", transform));
    }

    private static Graph of(String name, OnnxBuilder model, String output, String topology) {
        return new Graph(name, model.outputOfAnyShape(output), List.of(output), topology);
    }

    private static double[] random(int count) {
        return new Random(count).doubles(count, -1, 1).toArray();
    }
}
