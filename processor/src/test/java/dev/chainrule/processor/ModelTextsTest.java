package dev.chainrule.processor;

import static dev.chainrule.processor.UserCode.source;
import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FrozenNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that are texts, layers as JSON and the format NNet: what their classes compute, and what is wrong with others. */
class ModelTextsTest {
    private static final String NNET = """
            // A network of two inputs, three hidden units and two outputs
            2,2,2,3,
            2,3,2,
            0
            -1,-2,
            1,2.5,
            0.25,0.5,7.5,
            2,4,3,
            1,-2,
            0.5,0.25,
            -1,-1,
            0.1,
            -0.2,
            0.3,
            1,2,3
            -1,0.5,-2
            0.75
            -0.5
            """;

    private static final String JSON = """
            {"in_shape": [null, 2], "layers": [
              {"type": "batchnorm", "activation": "", "shape": [null, 2], "epsilon": 0.01,
               "weights": [[2, -1], [0.5, 0], [0.25, 1], [0.5, 2]]},
              {"type": "dense", "activation": "", "shape": [null, 3],
               "weights": [[[1, 0.5, -1], [-2, 0.25, -1]], [0.1, -0.2, 0.3]]},
              {"type": "prelu", "activation": "", "shape": [null, 3], "weights": [[0.5, -1, 0.25]]},
              {"type": "dense", "activation": "tanh", "shape": [null, 1], "weights": [[[1], [2], [3e0]]]}]}
            """;

    @TempDir
    Path folder;

    private FrozenNetwork compiled(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
        return Compiled.of(
                        new NetworkProcessor(),
                        Map.of("nets.Model", """
                                package nets;

                                import dev.chainrule.annotations.*;

                                @Network(model = "%s")
                                final class Model {}
                                """.formatted(file)),
                        "-Achainrule.resources=" + folder)
                .frozen("nets.ModelFrozen");
    }

    @Test
    void anNnetLimitsNormalisesAndScalesBack() throws IOException {
        FrozenNetwork frozen = compiled("model.nnet", NNET);
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            double[] input = random.doubles(2, -4, 4).toArray();
            double x0 = (Math.max(-1, Math.min(1, input[0])) - 0.25) / 2;
            double x1 = (Math.max(-2, Math.min(2.5, input[1])) - 0.5) / 4;
            double h0 = Math.max(0, x0 - 2 * x1 + 0.1);
            double h1 = Math.max(0, 0.5 * x0 + 0.25 * x1 - 0.2);
            double h2 = Math.max(0, -x0 - x1 + 0.3);
            double[] output = new double[2];
            frozen.forward(input, output);
            double y0 = h0 + 2 * h1 + 3 * h2 + 0.75;
            double y1 = -h0 + 0.5 * h1 - 2 * h2 - 0.5;
            assertWithin("record " + i, output, new double[] {3 * y0 + 7.5, 3 * y1 + 7.5}, 1e-14 * 30);
        }
    }

    @Test
    void layersAsJsonNormaliseAndHaveSlopes() throws IOException {
        FrozenNetwork frozen = compiled("model.json", JSON);
        Random random = new Random(2);
        for (int i = 0; i < 50; i++) {
            double[] input = random.doubles(2, -4, 4).toArray();
            double x0 = 2 * (input[0] - 0.25) / Math.sqrt(0.51) + 0.5;
            double x1 = -(input[1] - 1) / Math.sqrt(2.01);
            double z0 = x0 - 2 * x1 + 0.1;
            double z1 = 0.5 * x0 + 0.25 * x1 - 0.2;
            double z2 = -x0 - x1 + 0.3;
            double sum = (z0 < 0 ? 0.5 * z0 : z0) + 2 * (z1 < 0 ? -z1 : z1) + 3 * (z2 < 0 ? 0.25 * z2 : z2);
            double[] output = new double[1];
            frozen.forward(input, output);
            assertWithin("record " + i, output, new double[] {Math.tanh(sum)}, 1e-13);
        }
    }

    static Stream<Arguments> wrong() {
        String numbers = "This is no network in the format NNet: where ";
        return Stream.of(
                nnet("no text of numbers", "// nothing\n", numbers + "the sizes are expected, 4 numbers, it has \"\"."),
                nnet(
                        "a word",
                        NNET.replace("0.25,0.5,7.5", "a,0.5,7.5"),
                        numbers + "means are expected, 3 numbers, it has"),
                nnet("too few weights", NNET.replace("0.5,0.25", "0.5"), numbers + "weights are expected, 2 numbers"),
                nnet(
                        "a line too few",
                        NNET.replace("-0.5\n", ""),
                        numbers + "a bias are expected, 1 numbers, it has \"\""),
                nnet(
                        "no whole number",
                        NNET.replace("2,3,2,", "2,3.5,2,"),
                        "It has 3.5 as the size of layer 1; expected"),
                nnet("infinite weights", NNET.replace("1,2,3", "1,2,1e999"), numbers + "weights are expected"),
                Arguments.of(
                        "more weights than a class has",
                        "model.nnet",
                        NNET.replace("2,3,2,", "2,1000000,1000000,"),
                        "[TooLargeToFreeze]",
                        "A class holds at most 2000000 parameters, and the model has 2000008 or more."),
                json("no JSON", "{", "[NotAModel]", "This is no JSON, or it is damaged: it ends or has something else"),
                json("other JSON", "{\"a\": 1}", "[NotAModel]", "This JSON has no in_shape and layers"),
                json(
                        "Keras' to_json",
                        "{\"class_name\": \"Sequential\", \"config\": {\"layers\": []}}",
                        "[NoWeights]",
                        "what Keras' to_json writes: the layers of a model without its weights"),
                json("a comma too many", "[1,]", "[NotAModel]", "where a value is expected, at character 4."),
                json("a name twice", "{\"a\": 1, \"a\": 2}", "[NotAModel]", "has the name \"a\" twice"),
                json("an open text", "{\"a", "[NotAModel]", "where a letter is expected, at character 4."),
                json("arrays too deep", "[".repeat(100), "[NotAModel]", "has more than 64 values within each other"),
                json(
                        "an unknown layer",
                        JSON.replace("prelu", "gru"),
                        "[ModelLayer]",
                        "Layer 3 of the model is of the type"),
                json(
                        "an unknown activation",
                        JSON.replace("tanh", "gelu"),
                        "[ModelLayer]",
                        "has the activation \"gelu\"; known"),
                json(
                        "a row too few",
                        JSON.replace("[[1, 0.5, -1], ", "["),
                        "[ModelLayer]",
                        "has 1 rows of weights, and reads 2"),
                json(
                        "a number too few",
                        JSON.replace("[0.1, -0.2,", "[0.1,"),
                        "[ModelLayer]",
                        "else where 3 numbers are"),
                json(
                        "another shape",
                        JSON.replace("[null, 1]", "[null, 2]"),
                        "[ModelLayer]",
                        "else where 2 numbers are"),
                json(
                        "records in the shape",
                        JSON.replace("[null, 1]", "[7, 1]"),
                        "[ModelLayer]",
                        "The shape of layer 4 is"),
                json("no layers", "{\"in_shape\": [2], \"layers\": []}", "[NotAModel]", "The model has no layers."),
                json(
                        "a zero scale",
                        JSON.replace("[2, -1]", "[0, -1]"),
                        "[ModelLayer]",
                        "Layer 1 of the model normalises"));
    }

    private static Arguments nnet(String name, String text, String message) {
        return Arguments.of(name, "model.nnet", text, "[NotAModel]", message);
    }

    private static Arguments json(String name, String text, String code, String message) {
        return Arguments.of(name, "model.json", text, code, message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void isAnErrorOnTheModel(String name, String file, String text, String code, String message) throws IOException {
        Path path = Files.writeString(folder.resolve(file), text);

        assertThat(UserCode.javac()
                        .withOptions("--release", "17", "-Achainrule.resources=" + folder)
                        .compile(source("nets.Model", "@Network(model = \"" + file + "\")\nfinal class Model {}"))
                        .diagnostics())
                .singleElement()
                .satisfies(diagnostic -> assertThat(diagnostic.getMessage(null))
                        .startsWith(code + " " + path + ": ")
                        .contains(message)
                        .hasLineCount(1));
    }
}
