package dev.chainrule.processor;

import static dev.chainrule.processor.UserCode.source;
import static dev.chainrule.processor.testing.TensorFiles.Part.counting;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.chainrule.processor.testing.TensorFiles;
import dev.chainrule.processor.testing.TensorFiles.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tensors of a {@code torch.nn.Sequential}: where they go, and what is said of those that do not fit. */
class StateDictTest {
    private static final String DECLARATION = "@Network(inputs = 3, layers = {@Layer(units = 2),"
            + " @Layer(units = 1, bias = false)}, weights = \"model.safetensors\") class Model {}";

    @TempDir
    Path folder;

    private Compilation compile(String declaration, Part... parts) throws IOException {
        TensorFiles.write(folder.resolve("model.safetensors"), parts);
        return UserCode.javac()
                .withOptions("--release", "17", "-Xlint:all", "-Werror", "-Achainrule.resources=" + folder)
                .compile(source("nets.Model", declaration));
    }

    static Stream<List<Part>> fitting() {
        return Stream.of(
                // The order in the file is the writer's choice
                List.of(
                        counting("2.weight", "F64", 1, 2),
                        counting("0.bias", "F64", 2),
                        counting("0.weight", "F64", 2, 3)),
                List.of(
                        counting("0.weight", "F32", 2, 3),
                        counting("0.bias", "F32", 2),
                        counting("1.weight", "F32", 1, 2)),
                List.of(
                        counting("0.weight", "F32", 2, 3),
                        counting("0.bias", "F64", 2),
                        counting("1.weight", "F32", 1, 2)),
                // 10 is after 9, though not by name
                List.of(
                        counting("10.weight", "F64", 1, 2),
                        counting("9.bias", "F64", 2),
                        counting("9.weight", "F64", 2, 3)),
                List.of(
                        counting("net.0.weight", "F64", 2, 3),
                        counting("net.0.bias", "F64", 2),
                        counting("net.3.weight", "F64", 1, 2)),
                // Names of the writer's own, where shapes leave one reading
                List.of(
                        counting("fc1.weight", "F64", 2, 3),
                        counting("fc1.bias", "F64", 2),
                        counting("fc2.weight", "F64", 1, 2)),
                List.of(
                        counting("head.weight", "F64", 1, 2),
                        counting("body.0.weight", "F64", 2, 3),
                        counting("body.0.bias", "F64", 2)),
                List.of(
                        counting("a.0.weight", "F32", 2, 3),
                        counting("a.0.bias", "F32", 2),
                        counting("b.2.weight", "F32", 1, 2)),
                // As [in, out], as scikit-learn has it too
                List.of(
                        new Part("h.weight", "F64", List.of(3, 2), 1, 4, 2, 5, 3, 6),
                        counting("h.bias", "F64", 2),
                        counting("o.weight", "F64", 2, 1)),
                List.of(
                        new Part("coefs_.0", "F64", List.of(3, 2), 1, 4, 2, 5, 3, 6),
                        counting("intercepts_.0", "F64", 2),
                        counting("coefs_.1", "F64", 2, 1)),
                List.of(
                        counting("a.1.b.4.weight", "F64", 2, 3),
                        counting("a.1.b.4.bias", "F64", 2),
                        counting("a.1.b.7.weight", "F64", 1, 2)));
    }

    /** W1 = [[1, 2, 3], [4, 5, 6]], b1 = [1, 2], W2 = [[1, 2]]: what PyTorch calls [out, in]. */
    @ParameterizedTest
    @MethodSource("fitting")
    void everyNumberHasItsPlace(List<Part> parts) throws IOException {
        Compilation compilation = compile(DECLARATION, parts.toArray(Part[]::new));
        assertThat(compilation.diagnostics()).isEmpty();
        String code = UserCode.generated(compilation).get("nets.ModelFrozen");
        // In the forward pass of one record; what goes over a range stands behind it
        String last = "// w2_1_0";
        String forward = code.substring(0, code.indexOf(last) + last.length());
        assertThat(forward.lines().map(String::strip).filter(line -> line.contains("; // ")))
                .containsExactly(
                        "double z1_0 = 1.0; // b1_0",
                        "z1_0 = fma(x_0, 1.0, z1_0); // w1_0_0",
                        "z1_0 = fma(x_1, 2.0, z1_0); // w1_1_0",
                        "z1_0 = fma(x_2, 3.0, z1_0); // w1_2_0",
                        "double z1_1 = 2.0; // b1_1",
                        "z1_1 = fma(x_0, 4.0, z1_1); // w1_0_1",
                        "z1_1 = fma(x_1, 5.0, z1_1); // w1_1_1",
                        "z1_1 = fma(x_2, 6.0, z1_1); // w1_2_1",
                        "z2_0 = fma(a1_0, 1.0, z2_0); // w2_0_0",
                        "z2_0 = fma(a1_1, 2.0, z2_0); // w2_1_0");
    }

    private static Arguments wrong(String name, String table, Part... parts) {
        return Arguments.of(name, table.strip(), parts);
    }

    static Stream<Arguments> wrong() {
        Part weight = counting("0.weight", "F32", 2, 3);
        Part bias = counting("0.bias", "F32", 2);
        Part next = counting("2.weight", "F32", 1, 2);
        return Stream.of(
                wrong("another size", """
                            the declaration expects        the file holds
                            ! "0.weight" [2, 3] F64 or F32   "0.weight" [2, 4] F32
                              "0.bias" [2] F64 or F32        "0.bias" [2] F32
                              "2.weight" [1, 2] F64 or F32   "2.weight" [1, 2] F32
                        """, counting("0.weight", "F32", 2, 4), bias, next),
                wrong("not transposed", """
                            the declaration expects        the file holds
                            ! "0.weight" [2, 3] F64 or F32   "0.weight" [3, 2] F32
                              "0.bias" [2] F64 or F32        "0.bias" [2] F32
                              "2.weight" [1, 2] F64 or F32   "2.weight" [1, 2] F32
                        """, counting("0.weight", "F32", 3, 2), bias, next),
                wrong("half precision", """
                            the declaration expects        the file holds
                              "0.weight" [2, 3] F64 or F32   "0.weight" [2, 3] F32
                            ! "0.bias" [2] F64 or F32        "0.bias" [2] F16
                              "2.weight" [1, 2] F64 or F32   "2.weight" [1, 2] F32
                        """, weight, counting("0.bias", "F16", 2), next),
                wrong("a bias too many and one too few", """
                            the declaration expects        the file holds
                              "0.weight" [2, 3] F64 or F32   "0.weight" [2, 3] F32
                            ! "0.bias" [2] F64 or F32        -
                              "2.weight" [1, 2] F64 or F32   "2.weight" [1, 2] F32
                            ! -                              "2.bias" [1] F32
                        """, weight, next, counting("2.bias", "F32", 1)),
                wrong("a layer too few", """
                            the declaration expects        the file holds
                              "0.weight" [2, 3] F64 or F32   "0.weight" [2, 3] F32
                              "0.bias" [2] F64 or F32        "0.bias" [2] F32
                            ! "2.weight" [1, 2] F64 or F32   -
                        """, weight, bias),
                wrong("a module that is no Linear", """
                            the declaration expects        the file holds
                              "0.weight" [2, 3] F64 or F32   "0.weight" [2, 3] F32
                              "0.bias" [2] F64 or F32        "0.bias" [2] F32
                              "2.weight" [1, 2] F64 or F32   "2.weight" [1, 2] F32
                            ! -                              "1.running_mean" [2] F32
                        """, weight, bias, next, counting("1.running_mean", "F32", 2)),
                wrong(
                        "a module too many",
                        """
                            the declaration expects          the file holds
                              "a.0.weight" [2, 3] F64 or F32   "a.0.weight" [2, 3] F32
                              "a.0.bias" [2] F64 or F32        "a.0.bias" [2] F32
                            ! "a.2.weight" [1, 2] F64 or F32   -
                            ! -                                "b.2.weight" [1, 2] F32
                            ! -                                "c.weight" [1, 2] F32
                        """,
                        counting("a.0.weight", "F32", 2, 3),
                        counting("a.0.bias", "F32", 2),
                        counting("b.2.weight", "F32", 1, 2),
                        counting("c.weight", "F32", 1, 2)),
                wrong(
                        "numbers in another order",
                        """
                            the declaration expects             the file holds
                            ! "layer1.weight" [3, 2] F64 or F32   -
                            ! "layer1.bias" [2] F64 or F32        -
                            ! "layer2.weight" [2, 1] F64 or F32   -
                            ! -                                   "fc1.weight" [1, 2] F32
                            ! -                                   "fc2.bias" [2] F32
                            ! -                                   "fc2.weight" [2, 3] F32
                        """,
                        counting("fc1.weight", "F32", 1, 2),
                        counting("fc2.bias", "F32", 2),
                        counting("fc2.weight", "F32", 2, 3)),
                wrong("named layers", """
                            the declaration expects             the file holds
                            ! "layer1.weight" [3, 2] F64 or F32   -
                            ! "layer1.bias" [2] F64 or F32        -
                            ! "layer2.weight" [2, 1] F64 or F32   -
                            ! -                                   "fc1.weight" [2, 3] F32
                        """, counting("fc1.weight", "F32", 2, 3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void bothSidesAreShown(String name, String table, Part[] parts) throws IOException {
        assertThat(compile(DECLARATION, parts).diagnostics()).singleElement().satisfies(diagnostic -> {
            String message = diagnostic.getMessage(null);
            assertThat(message)
                    .startsWith("[WeightsDoNotFit] " + folder.resolve("model.safetensors")
                            + " is not of this network; change the declaration, or save the state_dict of an nn.Sequential or"
                            + " by WeightFile.save what fits it:\n");
            assertThat(message.lines().skip(1).map(String::strip).toList())
                    .isEqualTo(table.lines().map(String::strip).toList());
            assertThat(diagnostic.getColumnNumber()).isEqualTo(DECLARATION.indexOf("\"model") + 1);
        });
    }

    /** Two layers of the same shape have one reading where numbers tell their order, and a third layer how weights lie. */
    @Test
    void equalShapesAreInTheOrderOfNumbers() throws IOException {
        String square = DECLARATION.replaceFirst("inputs = 3", "inputs = 2").replaceFirst("units = 1", "units = 2");
        Part bias = counting("fc1.bias", "F64", 2);
        Part first = counting("fc1.weight", "F64", 2, 2);
        // No shape tells whether they are [out, in] or [in, out]
        assertThat(compile(square, first, bias, counting("fc2.weight", "F64", 2, 2))
                        .diagnostics())
                .singleElement()
                .asString()
                .contains("[WeightsDoNotFit]");
        Part[] scikitLearn = {
            new Part("coefs_.1", "F64", List.of(2, 2), 5, 6, 7, 8),
            new Part("coefs_.0", "F64", List.of(2, 2), 1, 2, 3, 4),
            counting("intercepts_.0", "F64", 2)
        };
        Compilation compilation = compile(square, scikitLearn);
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(UserCode.generated(compilation).get("nets.ModelFrozen"))
                .contains("fma(x_0, 2.0, z1_1); // w1_0_1", "fma(a1_0, 6.0, z2_1); // w2_0_1");
    }

    @Test
    void ofManyTensorsThoseThatDifferAreShown() throws IOException {
        Part[] parts = IntStream.range(0, 60)
                .mapToObj(i -> counting(i / 2 + (i % 2 == 0 ? ".weight" : ".bias"), "F32", i % 2 == 0 ? 3 : 1))
                .toArray(Part[]::new);
        String message = compile(DECLARATION, parts).diagnostics().get(0).getMessage(null);
        assertThat(message.lines()).hasSize(1 + 1 + 24 + 1);
        assertThat(message.lines().reduce((first, last) -> last)).hasValue("      and 36 more");
    }

    @Test
    void anInfinityIsNamed() throws IOException {
        Part weight = new Part("0.weight", "F32", List.of(2, 3), 1, 2, 3, 4, Double.NEGATIVE_INFINITY, 6);
        assertThat(compile(DECLARATION, weight, counting("0.bias", "F32", 2), counting("1.weight", "F32", 1, 2))
                        .diagnostics())
                .singleElement()
                .satisfies(diagnostic -> assertThat(diagnostic.getMessage(null))
                        .isEqualTo("[WeightsRefused] " + folder.resolve("model.safetensors")
                                + ": there is -Infinity for w1_1_1; expected finite numbers"));
    }
}
