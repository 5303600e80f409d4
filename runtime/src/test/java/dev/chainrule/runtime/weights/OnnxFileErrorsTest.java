package dev.chainrule.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TargetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be saved as an ONNX model; that ONNX Runtime runs what can be, the tests of the processor show. */
class OnnxFileErrorsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"NaN, DOUBLE", "Infinity, FLOAT", "1e39, FLOAT"})
    void parametersThatAreNotFinite(double value, ElementType elementType) throws IOException {
        StoredNetwork network = StoredNetwork.small();
        network.parameters()[7] = value;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxFile.save(network, file(), elementType))
                .withMessage("parameter b1_1 is " + value + "; expected a finite " + elementType);
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "swish(z) | FLOAT  | ONNX has no form of the function swish",
                "atan(z)  | DOUBLE | ONNX Runtime has Atan in float alone, and a formula of layer1 calls it; save the model in"
                        + " ElementType.FLOAT",
                "''       | FLOAT  | the network does not tell what its activation SWISH is",
            })
    void activationsOfNoGeneratedNetwork(String value, ElementType elementType, String problem) {
        LayerDescription layer = new LayerDescription(1, "SWISH", value, true);
        StoredNetwork network = new StoredNetwork(new NetworkDescription(1, List.of(layer), "HUBER", TargetKind.ANY));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> OnnxFile.save(network, file(), elementType))
                .withMessage(problem);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theOldFileIsReplaced() throws IOException {
        Files.writeString(file(), "old");
        OnnxFile.save(StoredNetwork.small(), file(), ElementType.DOUBLE);
        assertThat(Files.size(file())).isGreaterThan(80);
        assertThat(directory.toFile().list()).containsExactly("model.onnx");
    }

    @Test
    void noDirectory() {
        Path nowhere = directory.resolve("nowhere").resolve("model.onnx");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> OnnxFile.save(StoredNetwork.small(), nowhere, ElementType.DOUBLE));
    }

    private Path file() {
        return directory.resolve("model.onnx");
    }
}
