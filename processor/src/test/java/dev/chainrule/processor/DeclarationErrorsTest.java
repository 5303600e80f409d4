package dev.chainrule.processor;

import static dev.chainrule.processor.DeclarationMistake.inValues;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes in the values of a declaration: one error each, on the value at fault. */
class DeclarationErrorsTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource({"sizes", "layers", "losses", "limits"})
    void oneMistakeIsOneErrorOnTheValueAtFault(DeclarationMistake mistake) {
        mistake.isReported();
    }

    static Stream<DeclarationMistake> sizes() {
        String ofInputs = "; a network has 1 to 1,000,000 inputs.";
        String ofUnits = "; a layer has 1 to 1,000,000 units.";
        return Stream.of(
                inValues(
                        "no inputs",
                        "[InputsOutOfRange] inputs = 0" + ofInputs,
                        "inputs = <<0>>, layers = @Layer(units = 1), loss = Loss.HUBER"),
                inValues(
                        "negative inputs",
                        "[InputsOutOfRange] inputs = -3" + ofInputs,
                        "inputs = <<-3>>, layers = @Layer(units = 1), loss = Loss.HUBER"),
                inValues(
                        "absurd inputs",
                        "[InputsOutOfRange] inputs = 1000001" + ofInputs,
                        "inputs = <<1_000_001>>, layers = @Layer(units = 1), loss = Loss.HUBER"),
                inValues(
                        "inputs from a constant",
                        "[InputsOutOfRange] inputs = -2147483648" + ofInputs,
                        "inputs = <<Integer.MIN_VALUE>>, layers = @Layer(units = 1), loss = Loss.HUBER"),
                inValues(
                        "a dense layer without units",
                        "[UnitsMissing] A dense layer needs units; add units = ....",
                        "inputs = 1, layers = <<@Layer>>, loss = Loss.HUBER"),
                inValues(
                        "no units in the only layer",
                        "[UnitsOutOfRange] units = 0" + ofUnits,
                        "inputs = 1, layers = @Layer(units = <<0>>), loss = Loss.HUBER"),
                inValues("no units in the middle layer", "[UnitsOutOfRange] units = 0" + ofUnits, """
                            inputs = 1,
                            layers = {
                                @Layer(units = 1),
                                @Layer(activation = Activation.TANH, units = <<0>>),
                                @Layer(units = 1)},
                            loss = Loss.HUBER"""),
                inValues(
                        "negative units",
                        "[UnitsOutOfRange] units = -1" + ofUnits,
                        "inputs = 1, layers = {@Layer(units = 1), @Layer(units = <<-1>>)}, loss = Loss.HUBER"),
                inValues(
                        "absurd units",
                        "[UnitsOutOfRange] units = 2147483647" + ofUnits,
                        "inputs = 1, layers = {@Layer(units = <<2147483647>>)}, loss = Loss.HUBER"));
    }

    static Stream<DeclarationMistake> layers() {
        return Stream.of(
                inValues(
                        "no layers",
                        "[NoLayers] A network has at least an output layer; add @Layer(units = ...) to layers.",
                        "inputs = 1, layers = <<{}>>, loss = Loss.CATEGORICAL_CROSS_ENTROPY"),
                inValues(
                        "too many layers",
                        "[TooManyLayers] There are 1,257 layers; a network has at most 256.",
                        "inputs = 1, layers = <<{@Layer(units = 1)" + ", @Layer(units = 1)".repeat(1256)
                                + "}>>, loss = Loss.HUBER"));
    }

    static Stream<DeclarationMistake> losses() {
        return Stream.of(
                loss("BINARY_CROSS_ENTROPY", "SIGMOID", "IDENTITY"),
                loss("BINARY_CROSS_ENTROPY", "SIGMOID", "SOFTMAX"),
                loss("CATEGORICAL_CROSS_ENTROPY", "SOFTMAX", "SIGMOID"),
                loss("CATEGORICAL_CROSS_ENTROPY", "SOFTMAX", "TANH"),
                inValues(
                        "CATEGORICAL_CROSS_ENTROPY and no activation given",
                        "[LossDoesNotFit] CATEGORICAL_CROSS_ENTROPY needs an output layer with activation SOFTMAX,"
                                + " and this one has IDENTITY; change one of the two.",
                        "loss = <<Loss.CATEGORICAL_CROSS_ENTROPY>>, inputs = 1, layers = @Layer(units = 1)"));
    }

    private static DeclarationMistake loss(String loss, String needed, String output) {
        return inValues(
                loss + " and " + output,
                "[LossDoesNotFit] " + loss + " needs an output layer with activation " + needed + ", and this one has "
                        + output + "; change one of the two.",
                "inputs = 1, layers = @Layer(units = 2, activation = Activation." + output + "), loss = <<Loss." + loss
                        + ">>");
    }

    static Stream<DeclarationMistake> limits() {
        return Stream.of(
                inValues(
                        "more parameters than an array holds",
                        "[TooManyParameters] Layers 1 to 3 have 2,169,036,000 parameters;"
                                + " an array holds at most 2,147,483,639.",
                        """
                            inputs = 100,
                            layers = <<{
                                @Layer(units = 1_000_000),
                                @Layer(units = 2_000),
                                @Layer(units = 34_000)}>>,
                            loss = Loss.HUBER"""),
                inValues(
                        "more than FULL can write out",
                        "[TooLargeToUnroll] FULL writes out at most 30,000 scalars (parameters + inputs + 8 a unit),"
                                + " and this network has 41,800;"
                                + " choose AUTO, which makes loops of large layers.",
                        "inputs = 200, layers = @Layer(units = 200, bias = false), loss = Loss.HUBER,"
                                + " unroll = <<Unroll.FULL>>"));
    }

    @Test
    void asManyErrorsAsMistakes() {
        Compilation compilation = compileWrong("""
                inputs = 0,
                layers = {@Layer(units = 1, activation = Activation.SOFTMAX), @Layer(units = -1)},
                loss = Loss.BINARY_CROSS_ENTROPY,
                className = "1st"
                """);
        assertThat(compilation.diagnostics())
                .extracting(diagnostic -> diagnostic.getMessage(null).replaceAll("].*", "]"), Diagnostic::getLineNumber)
                .containsExactlyInAnyOrder(
                        tuple("[InputsOutOfRange]", 2L),
                        tuple("[UnitsOutOfRange]", 3L),
                        tuple("[LossDoesNotFit]", 4L),
                        tuple("[ClassNameNotIdentifier]", 5L));
    }

    @Test
    void theSameMistakeInTwoLayersIsTwoErrors() {
        Compilation compilation =
                compileWrong("inputs = 1, layers = {@Layer(units = 0), @Layer(units = 0)}, loss = Loss.HUBER");
        assertThat(compilation.diagnostics())
                .extracting(Diagnostic::getStartPosition)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void aMistakeLeavesOtherDeclarationsAlone(@TempDir Path directory) throws IOException {
        DiskBuild build = new DiskBuild(directory);
        build.add(UserCode.source("nets.Wrong", """
                @Network(inputs = 0, layers = @Layer(units = 1), loss = Loss.HUBER) final class Wrong {}
                %s final class SameFile {}
                """.formatted(UserCode.NETWORK)));
        build.add(UserCode.source("nets.OtherFile", UserCode.NETWORK + " final class OtherFile {}"));

        assertThat(build.compile("-Achainrule.page=false")).hasSize(1);
        assertThat(build.generated())
                .containsOnlyKeys(
                        "nets/SameFileNetwork.java",
                        "nets/SameFileNetworkBlocks.java",
                        "nets/OtherFileNetwork.java",
                        "nets/OtherFileNetworkBlocks.java")
                .allSatisfy((file, source) -> assertThat(source).contains("double backprop("));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    a number for weights  | inputs = 1, layers = @Layer(units = 1), weights = 1
                    unknown activation    | inputs = 1, layers = @Layer(units = 1, activation = Activation.FOO), loss = Loss.HUBER
                    unknown loss          | inputs = 1, layers = @Layer(units = 1), loss = Loss.FOO
                    unknown unrolling     | inputs = 1, layers = @Layer(units = 1), loss = Loss.HUBER, unroll = Foo.FULL
                    unknown inputs        | inputs = FOO, layers = @Layer(units = 1), loss = Loss.HUBER
                    unknown units         | inputs = 1, layers = @Layer(units = FOO), loss = Loss.HUBER
                    unknown class name    | inputs = 1, layers = @Layer(units = 1), loss = Loss.HUBER, className = FOO
                    unknown layer         | inputs = 1, layers = {FOO}, loss = Loss.HUBER
                    unknown value         | inputs = 1, layers = @Layer(units = 1), loss = Loss.HUBER, outputs = 1
                    text for a number     | inputs = "1", layers = @Layer(units = 1), loss = Loss.HUBER
                    a fraction            | inputs = 1, layers = @Layer(units = 1.5), loss = Loss.HUBER
                    a number for text     | inputs = 1, layers = @Layer(units = 1), loss = Loss.HUBER, className = 1
                    loss as activation    | inputs = 1, layers = @Layer(units = 1, activation = Loss.HUBER), loss = Loss.HUBER
                    null                  | inputs = 1, layers = @Layer(units = 1), loss = null
                    no constant           | inputs = 1, layers = @Layer(units = new int[1].length), loss = Loss.HUBER
                    a value given twice   | inputs = 1, inputs = 2, layers = @Layer(units = 1), loss = Loss.HUBER
                    """)
    void whatJavacReportsIsLeftToJavac(String name, String values) {
        Compilation compilation = compileWrong(values);
        assertThat(compilation.diagnostics())
                .isNotEmpty()
                .allSatisfy(diagnostic -> assertThat(diagnostic.getCode())
                        .startsWith("compiler.err.")
                        .isNotEqualTo("compiler.err.proc.messager"));
    }

    @Test
    void aNetworkWithoutAPurpose() {
        DeclarationMistake.of(
                        "neither loss nor weights",
                        "[LossMissing] A network to train needs a loss; add loss = Loss.... or lossFormula = \"...\" (or weights"
                                + " = \"...\" for a frozen network of parameters that a file holds).",
                        "<<@Network(inputs = 1, layers = @Layer(units = 1))>>\nfinal class Wrong {}")
                .isReported();
        DeclarationMistake.inValues(
                        "standalone, but no weights",
                        "[StandaloneWithoutWeights] standalone is about the frozen class, which needs weights or a model;"
                                + " add weights = \"...\" or model = \"...\", or remove it.",
                        "inputs = 1, layers = @Layer(units = 1), loss = Loss.HUBER, standalone = <<true>>")
                .isReported();
        DeclarationMistake.inValues(
                        "float, but no weights",
                        "[FloatWithoutWeights] FLOAT is for the frozen class, which needs weights or a model: networks are"
                                + " trained in double; add weights = \"...\" or model = \"...\", or remove it.",
                        "inputs = 1, layers = @Layer(units = 1), loss = Loss.HUBER, precision = <<Precision.FLOAT>>")
                .isReported();
        DeclarationMistake.inValues(
                        "too many parameters",
                        "[TooLargeToFreeze] A class holds at most 2,000,000 parameters, and this network has 2,001,000; load the"
                                + " file at run time instead, by WeightFile.load.",
                        "inputs = 2000, layers = @Layer(units = 1000), weights = <<\"w.safetensors\">>")
                .isReported();
    }

    @Test
    void messagesAreTheSameInEveryLocale() {
        Locale locale = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            DeclarationMistake mistake = limits().findFirst().orElseThrow();
            mistake.isReported();
        } finally {
            Locale.setDefault(locale);
        }
    }

    private static Compilation compileWrong(String values) {
        return UserCode.compile(
                UserCode.source("nets.Wrong", "@Network(" + values.strip() + ")\nfinal class Wrong {}"));
    }
}
