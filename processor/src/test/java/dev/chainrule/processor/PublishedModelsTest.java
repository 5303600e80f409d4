package dev.chainrule.processor;

import static dev.chainrule.processor.UserCode.source;
import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static dev.chainrule.processor.testing.Vectors.largest;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.testing.compile.Compilation;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.Golden;
import dev.chainrule.processor.testing.RequiresGolden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small models as people publish them: those that are networks are classes with the true outputs, the others say why not. */
@RequiresGolden
class PublishedModelsTest {
    private static final String NO_LAYER =
            "[OnnxNoLayer] FILE: The model has no layer (Gemm, MatMul, LinearClassifier or LinearRegressor): its operators"
                    + " are ";

    private static final String LABEL = " is the label of a class; take the scores or probabilities that it is made of";

    /** What is wrong with those that are none, and with outputs that are none. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            entry(
                    "double-type-1.onnx",
                    "[OnnxType] FILE: Node \"dense_0\" (Gemm) takes \"dense_0_weight\" of type double with values of type"
                            + " float; the two must be the same."),
            entry(
                    "double-type-3.onnx",
                    "[OnnxType] FILE: Node of \"Linear_1\" (Gemm) takes \"Linear_1_weight\" of type float with values of"
                            + " type double; the two must be the same."),
            entry(
                    "double-type-5.onnx",
                    "[OnnxType] FILE: Node of \"FC1\" (Gemm) takes \"FC1_weight\" of type float with values of type"
                            + " double; the two must be the same."),
            entry("lfs-pointer-1.onnx", "[GitLfsPointer] FILE is a Git LFS pointer"),
            entry("sklearn-mlp-quantised-1.onnx", NO_LAYER + "\"Cast\", \"DynamicQuantizeLinear\""),
            entry(
                    "sklearn-text-1.onnx",
                    "[OnnxType] FILE: The input \"transactionInformation\" is of type string; known are float and double."),
            entry("trees-1.onnx", NO_LAYER + "\"ai.onnx.ml.TreeEnsembleClassifier\"."),
            entry("trees-2.onnx", NO_LAYER + "\"ai.onnx.ml.TreeEnsembleRegressor\"."),
            entry("drone-policy-1.onnx log_std", " is not made of the input by layers."),
            entry("mlagents-1.onnx version_number", " is not made of the input by layers."),
            entry("mlagents-1.onnx memory_size", " is not made of the input by layers."),
            entry("mlagents-1.onnx continuous_action_output_shape", " is not made of the input by layers."),
            entry(
                    "mlagents-1.onnx continuous_actions",
                    "[OnnxOperator] FILE: Node \"/RandomNormalLike\" (RandomNormalLike) is not known in operator set 9;"),
            entry("sklearn-logistic-1.onnx output_label", LABEL),
            entry("sklearn-logistic-3.onnx output_label", LABEL),
            entry("sklearn-logistic-5.onnx label", LABEL),
            entry("sklearn-mlp-1.onnx output_label", LABEL),
            entry("sklearn-mlp-3.onnx output_label", LABEL));

    /** What is declared with a file that has weights alone, by its notes. */
    private static final Map<String, String> LAYERS = Map.of(
            "safetensors-fc-1.safetensors",
            "inputs = 4, layers = {@Layer(units = 256, activation = Activation.RELU), @Layer(units = 128,"
                    + " activation = Activation.RELU), @Layer(units = 1, activation = Activation.SOFTSIGN)}",
            "safetensors-l-1.safetensors",
            "inputs = 784, layers = {@Layer(units = 128, activation = Activation.LEAKY_RELU, bias = false),"
                    + " @Layer(units = 10, bias = false)}");

    /** Those with outputs of which not all can be taken: one has to be chosen. */
    private static final Set<String> TO_CHOOSE_FROM = Set.of("drone-policy-1.onnx", "mlagents-1.onnx");

    /** A file with its notes. */
    record Model(String file, JsonNode notes) {
        static Model of(Path json) {
            try {
                JsonNode notes = new ObjectMapper().readTree(json.toFile());
                return new Model(notes.get("file").asText(), notes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        double[] record(int number) {
            return numbers(notes.get("records").get(number));
        }

        int records() {
            return notes.get("records").size();
        }

        List<String> outputs() {
            return StreamSupport.stream(notes.get("outputs").spliterator(), false)
                    .map(output -> output.get("name").asText())
                    .toList();
        }

        /** The true outputs for a record, in double where they are known so. */
        double[] values(String output, int record) {
            JsonNode values = isKnownInDouble(output) ? notes.get("valuesInDouble") : notes.get("values");
            return numbers(values.get(output).get(record));
        }

        private boolean isKnownInDouble(String output) {
            return notes.path("valuesInDouble").path(output).isArray();
        }

        /** How far a class may be off: by roundings of doubles, or of the floats that the values are. */
        double tolerance(String output) {
            return isKnownInDouble(output) ? 1e-12 : 1e-5;
        }

        /** As many of a record's numbers as a network has inputs: a policy's state comes last. */
        double[] inputs(int record, int count, String output) {
            double[] all = record(record);
            int from = output.equals("state_outs") ? all.length - count : 0;
            return Arrays.copyOfRange(all, from, from + count);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    /** An output of a model, or all of them. */
    record Taken(Model model, String output) {
        String values() {
            String layers = LAYERS.get(model.file());
            return layers != null ? layers + ", weights = \"" + model.file() + "\"" : modelValues();
        }

        private String modelValues() {
            return "model = \"" + model.file() + "\"" + (output.isEmpty() ? "" : ", output = \"" + output + "\"");
        }

        /** Those that a network has. */
        List<String> outputs() {
            return output.isEmpty()
                    ? model.outputs().stream()
                            .filter(name -> !REFUSED.containsKey(model.file() + " " + name))
                            .toList()
                    : List.of(output);
        }

        String refusal() {
            return REFUSED.getOrDefault(model.file(), REFUSED.get(this.toString()));
        }

        @Override
        public String toString() {
            return output.isEmpty() ? model.file() : model.file() + " " + output;
        }
    }

    private static double[] numbers(JsonNode row) {
        return StreamSupport.stream(row.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static List<Model> models() throws IOException {
        try (Stream<Path> files = Files.list(Golden.models())) {
            return files.filter(path -> path.toString().matches(".*-\\d+\\.json"))
                    .sorted()
                    .map(Model::of)
                    .toList();
        }
    }

    /** Each model with all of its outputs, and with each. */
    private static Stream<Taken> all() throws IOException {
        return models().stream()
                .flatMap(model -> Stream.concat(
                                TO_CHOOSE_FROM.contains(model.file()) ? Stream.of() : Stream.of(""),
                                model.outputs().size() > 1 ? model.outputs().stream() : Stream.of())
                        .map(output -> new Taken(model, output)));
    }

    static Stream<Taken> accepted() throws IOException {
        return all().filter(taken -> taken.refusal() == null);
    }

    static Stream<Taken> refused() throws IOException {
        return all().filter(taken -> taken.refusal() != null);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void isAClassWithTheTrueOutputs(Taken taken) {
        Compiled compiled = Compiled.of(
                new NetworkProcessor(),
                Map.of("nets.Model", """
                        package nets;

                        import dev.chainrule.annotations.*;

                        @Network(%s)
                        final class Model {}
                        """.formatted(taken.values())),
                "-Achainrule.resources=" + Golden.models());
        FrozenNetwork frozen = compiled.frozen("nets.ModelFrozen");
        double[] actual = new double[frozen.constant("OUTPUTS")];
        double worst = 0;
        for (int record = 0; record < taken.model().records(); record++) {
            frozen.forward(taken.model().inputs(record, frozen.constant("INPUTS"), taken.output()), actual);
            int from = 0;
            for (String output : taken.outputs()) {
                double[] expected = taken.model().values(output, record);
                double[] own = Arrays.copyOfRange(actual, from, from + expected.length);
                double largest = Math.max(1, largest(expected));
                assertWithin(
                        output + " of record " + record,
                        own,
                        expected,
                        taken.model().tolerance(output) * largest);
                for (int i = 0; i < own.length; i++) {
                    worst = Math.max(worst, Math.abs(own[i] - expected[i]) / largest);
                }
                from += expected.length;
            }
            assertThat(from).isEqualTo(actual.length);
        }
        // The table of what is taken, for who wants to see it
        System.out.printf("%-45s accepted, off by %.1e%n", taken, worst);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedForTheRightReason(Taken taken) {
        Compilation compilation = compile(taken);
        String first = compilation.diagnostics().get(0).getMessage(null);
        String file = Golden.models().resolve(taken.model().file()).toString();
        assertThat(first).contains(taken.refusal().replace("FILE", file));
        assertThat(compilation.status()).isEqualTo(Compilation.Status.FAILURE);
        System.out.printf("%-45s refused: %s%n", taken, first.replace(file, "..."));
    }

    /** A message lists the outputs. */
    @Test
    void outputsAreToBeChosen() throws IOException {
        for (Model model : models()) {
            if (TO_CHOOSE_FROM.contains(model.file())) {
                assertThat(compile(new Taken(model, "")).diagnostics())
                        .last()
                        .asString()
                        .contains("[OnnxOutputs]", "\"" + String.join("\", \"", model.outputs()) + "\"");
            }
        }
    }

    private static Compilation compile(Taken taken) {
        return UserCode.javac()
                .withOptions("--release", "17", "-Achainrule.resources=" + Golden.models())
                .compile(source("nets.Model", "@Network(" + taken.values() + ")\nfinal class Model {}"));
    }
}
