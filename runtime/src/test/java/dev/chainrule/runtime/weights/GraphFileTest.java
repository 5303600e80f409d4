package dev.chainrule.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.OutputDescription;
import dev.chainrule.runtime.SmallGraph;
import dev.chainrule.runtime.TargetKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of weights of a network with names, shared weights, several outputs and constants. */
class GraphFileTest {
    @TempDir
    Path directory;

    @Test
    void parametersAndConstantsComeBack() throws IOException {
        SmallGraph network = SmallGraph.ready(1);
        WeightFile.save(network, file());
        SmallGraph other = new SmallGraph(2);
        WeightFile.load(other, file());
        assertThat(other.parameters()).isEqualTo(network.parameters());
        assertThat(other.constants()).isEqualTo(network.constants());
    }

    @Test
    void tensorsHaveTheNamesOfLayers() throws IOException {
        WeightFile.save(SmallGraph.ready(1), file());
        try (TensorFile file = TensorFile.open(file())) {
            assertThat(file.tensors().stream().map(Tensor::text))
                    .containsExactly(
                            "\"raw.shift\" [2] F64",
                            "\"raw.scale\" [2] F64",
                            "\"h.weight\" [5, 2] F64",
                            "\"h.bias\" [2] F64",
                            "\"g.weight\" [2, 2] F64",
                            "\"policy.weight\" [4, 3] F64",
                            "\"policy.bias\" [3] F64",
                            "\"y.weight\" [4, 1] F64",
                            "\"y.bias\" [1] F64",
                            "\"value.shift\" [1] F64",
                            "\"value.scale\" [1] F64");
            assertThat(file.doubles("raw.scale")).containsExactly(0.5, 4);
            assertThat(file.doubles("value.shift")).containsExactly(100);
            assertThat(file.tensors().stream().map(Tensor::name))
                    .containsExactlyElementsOf(
                            WeightFile.shapes(SmallGraph.DESCRIPTION).keySet());
        }
    }

    /** As the processor reads them: of a description alone, that says no losses where there is nothing to train. */
    @Test
    void descriptionsWithoutLossesReadFilesOfAny() throws IOException {
        SmallGraph network = SmallGraph.ready(1);
        WeightFile.save(network, file());
        try (TensorFile file = TensorFile.open(file())) {
            NetworkNumbers numbers = WeightFile.read(file, described("", ""));
            assertThat(numbers.parameters()).isEqualTo(network.parameters());
            assertThat(numbers.constants()).isEqualTo(network.constants());
            assertThat(WeightFile.read(file, described("CATEGORICAL_CROSS_ENTROPY", ""))
                            .parameters())
                    .isEqualTo(network.parameters());
            assertThatExceptionOfType(WeightFileException.class)
                    .isThrownBy(() -> WeightFile.read(file, described("", "HUBER")))
                    .withMessageMatching(".*: the metadata has the chainrule.topology \"\\.\\.\\..{50,100}; policy:"
                            + " CATEGORICAL_CROSS_ENTROPY; value: 0.5 \\* HALF_SUM_OF_SQUARES\"; expected"
                            + " \"\\.\\.\\..{50,100}; policy; value: HUBER\"");
        }
    }

    private static NetworkDescription described(String policyLoss, String valueLoss) {
        return new NetworkDescription(
                SmallGraph.DESCRIPTION.parts(),
                SmallGraph.DESCRIPTION.layers(),
                List.of(
                        new OutputDescription("policy", policyLoss, 1, TargetKind.ANY),
                        new OutputDescription("value", valueLoss, 1, TargetKind.ANY)));
    }

    @Test
    void constantsThatNobodyHasSetAreNotSaved() {
        for (Saving saving : List.<Saving>of(
                network -> WeightFile.save(network, file()),
                network -> OnnxFile.save(network, file(), ElementType.FLOAT))) {
            SmallGraph network = SmallGraph.ready(1);
            network.constants()[3] = Double.NaN;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> saving.save(network))
                    .withMessageStartingWith(
                            "the constants scale1_1 are not set, they are NaN; set those of \"raw\" by");
            network.constants()[3] = Double.NEGATIVE_INFINITY;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> saving.save(network))
                    .withMessageStartingWith("constant scale1_1 is -Infinity; expected a finite ");
        }
        assertThat(directory).isEmptyDirectory();
    }

    private interface Saving {
        void save(SmallGraph network) throws IOException;
    }

    @Test
    void constantsThatAreNotFiniteAreNotLoaded() throws IOException {
        SmallGraph network = SmallGraph.ready(1);
        TensorWriter writer = new TensorWriter();
        Identification.add(writer, network);
        double[] infinite = {1, Double.POSITIVE_INFINITY};
        NetworkNumbers numbers = new NetworkNumbers(network.parameters(), network.constants());
        NetworkTensors.of(SmallGraph.DESCRIPTION).parts().forEach((name, part) -> {
            boolean isScale = name.equals("raw.scale");
            writer.tensor(
                    name,
                    part.shape(),
                    isScale ? infinite : part.in(numbers),
                    isScale ? 0 : part.from(),
                    ElementType.DOUBLE);
        });
        writer.save(file());
        SmallGraph other = new SmallGraph(2);
        double[] before = other.parameters().clone();
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> WeightFile.load(other, file()))
                .withMessageEndingWith("tensor \"raw.scale\" has Infinity for scale1_1; expected finite numbers");
        assertThat(other.parameters()).isEqualTo(before);
        assertThat(Arrays.stream(other.constants()).allMatch(Double::isNaN)).isTrue();
    }

    private Path file() {
        return directory.resolve("graph");
    }
}
