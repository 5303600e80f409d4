package dev.chainrule.runtime.weights;

import static dev.chainrule.runtime.weights.FileBytes.BIAS1;
import static dev.chainrule.runtime.weights.FileBytes.TEN;
import static dev.chainrule.runtime.weights.FileBytes.WEIGHT1;
import static dev.chainrule.runtime.weights.FileBytes.WEIGHT2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is not of this network is refused, and the network unchanged. */
class WrongFileTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    layer2.weight   | layer2.weights  | tensor "layer2.weights" is surplus; expected only layer1.weight, layer1.bias, layer2.weight
                    [2,1]           | [1,2]           | tensor "layer2.weight" has the shape [1, 2]; expected [2, 1]
                    [2,1]           | [2]             | tensor "layer2.weight" has the shape [2]; expected [2, 1]
                    "F64","shape":[2] | "I64","shape":[2] | tensor "layer1.bias" has the dtype I64; expected F64 or F32
                    "F64","shape":[2] | "U64","shape":[2] | tensor "layer1.bias" has the dtype U64; expected F64 or F32
                    """)
    void refusesTensorsOfOtherNetworks(String replaced, String replacement, String message) {
        String header = "{" + WEIGHT1 + "," + BIAS1 + "," + WEIGHT2 + "}";
        assertThat(header).contains(replaced);
        assertRefused(FileBytes.of(header.replace(replaced, replacement), TEN), message);
    }

    @Test
    void refusesMissingTensors() {
        assertRefused(
                FileBytes.of("{" + WEIGHT1 + "," + BIAS1 + "}", Arrays.copyOf(TEN, 8)),
                "tensor \"layer2.weight\" is missing; expected it with the shape [2, 1]");
        assertRefused(FileBytes.of("{}"), "tensor \"layer1.weight\" is missing; expected it with the shape [3, 2]");
    }

    @Test
    void refusesSurplusTensors() {
        assertRefused(
                FileBytes.of(
                        "{" + WEIGHT1 + "," + BIAS1 + "," + WEIGHT2
                                + ",\"layer2.bias\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[80,88]}}",
                        Arrays.copyOf(TEN, 11)),
                "tensor \"layer2.bias\" is surplus; expected only layer1.weight, layer1.bias, layer2.weight");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesValuesThatAreNotFinite(double value) throws IOException {
        double[] data = TEN.clone();
        data[9] = value;
        byte[] bytes = FileBytes.of("{" + WEIGHT1 + "," + BIAS1 + "," + WEIGHT2 + "}", data);
        assertRefused(bytes, "tensor \"layer2.weight\" has " + value + " for w2_1_0; expected finite numbers");

        StoredNetwork network = StoredNetwork.small();
        FileBytes.load(network, bytes, LoadOption.ALLOW_NON_FINITE);
        assertThat(network.parameters()).isEqualTo(data);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    format":"1"    | format":"2"       | the metadata has the chainrule.format "2"; expected "1"
                    format":"1"    | formar":"1"       | the metadata has no chainrule.format; expected "1"
                    TANH           | RELU              | the metadata has the chainrule.topology "3-2(RELU)-1(SIGMOID, no bias) HUBER"; expected "3-2(TANH)-1(SIGMOID, no bias) HUBER"
                    HUBER          | HUBES             | the metadata has the chainrule.topology "3-2(TANH)-1(SIGMOID, no bias) HUBES"; expected "3-2(TANH)-1(SIGMOID, no bias) HUBER"
                    .topology      | .topologi         | the metadata has no chainrule.topology; expected "3-2(TANH)-1(SIGMOID, no bias) HUBER"
                    .crc32c        | .crc32d           | the metadata has no chainrule.crc32c; expected "%s"
                    """)
    void refusesMetadataOfOtherNetworks(String replaced, String replacement, String message) {
        StoredNetwork network = StoredNetwork.small().filledAtRandom(1);
        byte[] bytes = FileBytes.saved(network, ElementType.DOUBLE);
        String header = FileBytes.header(bytes);
        assertThat(header).contains(replaced);
        String crc = header.replaceAll(".*crc32c\":\"(\\w+).*", "$1");
        assertRefused(
                FileBytes.of(header.replace(replaced, replacement).strip(), network.parameters()),
                message.formatted(crc));
    }

    /** One of our keys alone is enough for all to be asked for. */
    @ParameterizedTest
    @CsvSource({"chainrule.format,1", "chainrule.topology,t", "chainrule.crc32c,00000000"})
    void refusesPartsOfTheMetadata(String key, String value) {
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> FileBytes.load(
                        StoredNetwork.small(),
                        FileBytes.of(
                                "{\"__metadata__\":{\"" + key + "\":\"" + value + "\"}," + WEIGHT1 + "," + BIAS1 + ","
                                        + WEIGHT2 + "}",
                                TEN)))
                .withMessageContaining("chainrule.");
    }

    @Test
    void refusesDamagedData() {
        byte[] bytes = FileBytes.saved(StoredNetwork.small().filledAtRandom(1), ElementType.DOUBLE);
        bytes[bytes.length - 1] ^= 1;
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> FileBytes.load(StoredNetwork.small(), bytes))
                .withMessageMatching("test: the metadata has the chainrule.crc32c \"\\w{8}\"; expected \"\\w{8}\"");
    }

    private static void assertRefused(byte[] bytes, String message) {
        StoredNetwork network = StoredNetwork.small().filledAtRandom(99);
        double[] before = network.parameters().clone();
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> FileBytes.load(network, bytes))
                .withMessage("test: " + message);
        assertThat(network.parameters()).isEqualTo(before);
    }
}
