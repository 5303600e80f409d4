package dev.chainrule.runtime.weights;

import static dev.chainrule.runtime.weights.FileBytes.BIAS1;
import static dev.chainrule.runtime.weights.FileBytes.TEN;
import static dev.chainrule.runtime.weights.FileBytes.WEIGHT1;
import static dev.chainrule.runtime.weights.FileBytes.WEIGHT2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TargetKind;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is saved is loaded, and nothing else is. */
class WeightFileTest {
    @TempDir
    Path directory;

    @Test
    void f64KeepsEveryBit() throws IOException {
        StoredNetwork network = StoredNetwork.small();
        double[] special = {
            0.0, -0.0, 1 / 3.0, -Math.PI, Double.MIN_VALUE, -Double.MIN_NORMAL, Double.MAX_VALUE, -1e308, 1e-320, 1
        };
        System.arraycopy(special, 0, network.parameters(), 0, special.length);
        WeightFile.save(network, file());

        assertThat(bits(loaded())).isEqualTo(bits(special));
        assertThat(Files.size(file()) % 8).isZero();
    }

    @Test
    void f32RoundsToFloat() throws IOException {
        StoredNetwork network = StoredNetwork.small();
        double[] special = {0.0, -0.0, 1 / 3.0, -Math.PI, Float.MIN_VALUE, 1e-60, Float.MAX_VALUE, -3e38, 1e-40, 1};
        System.arraycopy(special, 0, network.parameters(), 0, special.length);
        WeightFile.save(network, file(), ElementType.FLOAT);

        double[] rounded = Arrays.stream(special).map(value -> (float) value).toArray();
        assertThat(bits(loaded())).isEqualTo(bits(rounded));
        assertThat(bits(network.parameters())).as("those saved").isEqualTo(bits(special));
    }

    /** More parameters than are written and read at a time: neither a multiple of that nor less. */
    @ParameterizedTest
    @EnumSource(ElementType.class)
    void manyParameters(ElementType elementType) throws IOException {
        StoredNetwork network = new StoredNetwork("TANH", "HUBER", 300, 110, 1);
        Random random = new Random(5);
        Arrays.setAll(network.parameters(), i -> random.nextFloat());
        WeightFile.save(network, file(), elementType);

        StoredNetwork other = new StoredNetwork("TANH", "HUBER", 300, 110, 1);
        WeightFile.load(other, file());
        assertThat(other.parameters()).isEqualTo(network.parameters());
    }

    @Test
    void lettersAreTensors() throws IOException {
        NetworkDescription description = new NetworkDescription(
                3,
                List.of(
                        new LayerDescription(2, "alpha * tanh(beta * z)", true, "alpha", "beta"),
                        new LayerDescription(1, "IDENTITY", false)),
                "HUBER",
                TargetKind.ANY);
        StoredNetwork network = new StoredNetwork(description);
        WeightFile.save(network.filledAtRandom(2), file());
        assertThat(WeightFile.shapes(description.layout()).keySet())
                .containsExactly("layer1.weight", "layer1.bias", "layer1.alpha", "layer1.beta", "layer2.weight");
        try (TensorFile saved = TensorFile.open(file())) {
            assertThat(saved.doubles("layer1.alpha")).containsExactly(Arrays.copyOfRange(network.parameters(), 8, 10));
        }
        StoredNetwork other = new StoredNetwork(description);
        WeightFile.load(other, file());
        assertThat(other.parameters()).isEqualTo(network.parameters());
    }

    @Test
    void theFileIsWhatTheDocumentationSays() throws IOException {
        byte[] bytes = FileBytes.saved(StoredNetwork.small().filledAtRandom(1), ElementType.DOUBLE);
        String topology = "3-2(TANH)-1(SIGMOID, no bias) HUBER";
        assertThat(FileBytes.header(bytes))
                .startsWith("{\"__metadata__\":{\"chainrule.format\":\"1\",\"chainrule.topology\":\"" + topology
                        + "\",\"chainrule.crc32c\":\"")
                .endsWith("}," + WEIGHT1 + "," + BIAS1 + "," + WEIGHT2 + "}"
                        + " "
                                .repeat(FileBytes.header(bytes).length()
                                        - FileBytes.header(bytes)
                                                .stripTrailing()
                                                .length()));
        assertThat(FileBytes.header(bytes).length() % 8).isZero();

        byte[] floats = FileBytes.saved(StoredNetwork.small().filledAtRandom(1), ElementType.FLOAT);
        assertThat(FileBytes.header(floats))
                .contains("\"layer1.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]}");
        assertThat(floats).hasSize(8 + FileBytes.header(floats).length() + 40);
    }

    /** Whatever the length of the header's text. */
    @Test
    void theDataBeginsAtAMultipleOfEightBytes() throws IOException {
        for (int length = 1; length <= 8; length++) {
            StoredNetwork network = new StoredNetwork("TANH", "x".repeat(length), 3, 2);
            byte[] bytes = FileBytes.saved(network, ElementType.DOUBLE);
            assertThat(FileBytes.header(bytes).length() % 8).isZero();
            assertThat(FileBytes.header(bytes)).matches("[^ ]+ [^ ]+ {0,7}");
            FileBytes.load(network, bytes);
        }
    }

    @Test
    void theChecksumIsCrc32c() throws IOException {
        StoredNetwork network = StoredNetwork.small();
        String header = FileBytes.header(FileBytes.saved(network, ElementType.DOUBLE));
        // CRC-32C of 80 zero bytes, by the polynomial 0x1EDC6F41, reflected
        int crc = -1;
        for (int bit = 0; bit < 80 * 8; bit++) {
            crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82F63B78);
        }
        assertThat(header).contains("\"chainrule.crc32c\":\"%08x\"".formatted(~crc));
    }

    @Test
    void aFileByHandLoads() throws IOException {
        StoredNetwork network = StoredNetwork.small();
        FileBytes.load(network, FileBytes.of("{" + WEIGHT1 + "," + BIAS1 + "," + WEIGHT2 + "}", TEN));
        assertThat(network.parameters()).isEqualTo(TEN);
    }

    /** In another order, of both dtypes, with white space, escapes and the metadata of another tool. */
    @Test
    void anotherFileByHandLoads() throws IOException {
        String header = """
                {"layer2.weight" : {"shape":[2, 1],"data_offsets":[ 0,8],"dtype":"F32"},
                \t"__metadata__":{"format":"pt", "\\u00e9\\n\\ud83d\\ude00é":"a \\"b\\" \\\\ \\/\\b\\f\\r\\t"},\r
                 "\\u006cayer1.bias":{"dtype":"F64","shape":[2],"data_offsets":[8,24]},
                 "layer1.weight":{"dtype":"F64","shape":[3,2],"data_offsets":[24,72]}} \s
                """;
        double ninthAndTenth =
                Double.longBitsToDouble((long) Float.floatToIntBits(10.5f) << 32 | Float.floatToIntBits(9.25f));
        byte[] bytes = FileBytes.of(header, ninthAndTenth, 7, 8, 1, 2, 3, 4, 5, 6);
        StoredNetwork network = StoredNetwork.small();
        FileBytes.load(network, bytes);
        assertThat(network.parameters()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9.25, 10.5);
        assertThat(FileBytes.open(bytes).metadata())
                .hasSize(2)
                .containsEntry("format", "pt")
                .containsEntry("\u00e9\n\ud83d\ude00\u00e9", "a \"b\" \\ /\b\f\r\t");
    }

    @Test
    void aTopologyOfAnyCharacters() throws IOException {
        StoredNetwork network =
                new StoredNetwork("TANH", "\"\\ \u0007 \u00e9 ~\u007f \ud83d\ude00", 3, 2).filledWith(3);
        byte[] bytes = FileBytes.saved(network, ElementType.DOUBLE);
        network.filledWith(0);
        FileBytes.load(network, bytes);
        assertThat(network.parameters()).containsOnly(3);
        assertThat(FileBytes.open(bytes).metadata())
                .containsEntry("chainrule.topology", network.description().topology());
    }

    @Test
    void savesNothingThatWouldNotLoad() throws IOException {
        WeightFile.save(StoredNetwork.small().filledWith(1), file());
        StoredNetwork network = StoredNetwork.small();
        network.parameters()[7] = Double.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightFile.save(network, file()))
                .withMessage("parameter b1_1 is NaN; expected a finite double");
        network.parameters()[7] = 1e39;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightFile.save(network, file(), ElementType.FLOAT))
                .withMessage("parameter b1_1 is 1.0E39; expected a finite float");

        assertThat(loaded()).containsOnly(1);
        assertThat(filesThere()).containsExactly(file());
    }

    @Test
    void messagesNameTheFile() throws IOException {
        Files.write(file(), new byte[3]);
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(this::loaded)
                .withMessage(file() + ": the file has 3 bytes; expected 8 for the header's length");
    }

    @Test
    void filesThatAreNoFiles() {
        StoredNetwork network = StoredNetwork.small();
        Path nowhere = directory.resolve("nowhere").resolve("file");
        assertThatThrownBy(() -> WeightFile.load(network, nowhere)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> WeightFile.save(network, nowhere)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> WeightFile.save(network, directory)).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> WeightFile.save(network, directory.getRoot()))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(directory.getRoot() + ": is a directory; expected a file");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFileThatCannotBeClosed() throws IOException {
        byte[] bytes = FileBytes.saved(StoredNetwork.small().filledWith(1), ElementType.DOUBLE);
        TensorFile file =
                TensorFile.of("test", FileBytes.channel(bytes, bytes.length, new IOException("cannot close")));
        StoredNetwork network = StoredNetwork.small();
        assertThatThrownBy(() -> WeightFile.load(network, file)).hasMessage("cannot close");
        assertThat(network.parameters()).containsOnly(0);
    }

    @Test
    void loadingClosesTheFile() throws IOException {
        byte[] bytes = FileBytes.saved(StoredNetwork.small(), ElementType.DOUBLE);
        SeekableByteChannel channel = FileBytes.channel(bytes);
        WeightFile.load(StoredNetwork.small(), TensorFile.of("test", channel));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void networksWithAnotherNumberOfParameters() {
        StoredNetwork tooLong = new StoredNetwork("TANH", "HUBER", 2, 1) {
            @Override
            public double[] parameters() {
                return new double[4];
            }
        };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightFile.save(tooLong, file()))
                .withMessage("parameters has 4 values; expected 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileBytes.load(tooLong, FileBytes.of("{}")))
                .withMessage("parameters has 4 values; expected 3");
    }

    private Path file() {
        return directory.resolve("weights.safetensors");
    }

    private double[] loaded() throws IOException {
        StoredNetwork network = StoredNetwork.small();
        WeightFile.load(network, file());
        return network.parameters();
    }

    private List<Path> filesThere() throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static long[] bits(double[] values) {
        return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
    }
}
