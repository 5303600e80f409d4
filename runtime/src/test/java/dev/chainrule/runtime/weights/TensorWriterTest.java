package dev.chainrule.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorWriterTest {
    @TempDir
    Path directory;

    private Path path;

    @BeforeEach
    void path() {
        path = directory.resolve("tensors");
    }

    /** Each byte, by the format's description; the checksum by another implementation. */
    @Test
    void bytesOfAFile() throws IOException {
        new TensorWriter()
                .metadata("key", "old")
                .metadata("key", "\"\u00e9\"")
                .tensor("a", new double[] {1, -2})
                .tensor("b", new long[] {-3})
                .save(path);
        String header = "{\"__metadata__\":{\"key\":\"\\u0022\\u00e9\\u0022\",\"chainrule.crc32c\":\"9d3a25e6\"},"
                + "\"a\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]},"
                + "\"b\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[16,24]}}";
        header += " ".repeat(-header.length() & 7);
        byte[] expected = FileBytes.of(header, 1, -2, 0);
        ByteBuffer.wrap(expected).order(ByteOrder.LITTLE_ENDIAN).putLong(expected.length - 8, -3);
        assertThat(Files.readAllBytes(path)).isEqualTo(expected);
    }

    /** More than is written at a time, and kinds of elements by turns. */
    @Test
    void whatWasWrittenIsRead() throws IOException {
        double[] doubles = new double[20_000];
        long[] longs = new long[10_001];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = 1.0 / i;
            longs[i / 2] = Long.MIN_VALUE >> i;
        }
        doubles[7] = Double.NaN;
        new TensorWriter()
                .tensor("none", new long[0])
                .tensor("single", List.of(2L, 3L), doubles, 1, ElementType.FLOAT)
                .tensor("doubles", doubles)
                .tensor("longs", longs)
                .metadata("what", "test")
                .save(path);
        try (TensorFile file = TensorFile.open(path)) {
            file.checkData();
            file.checkMetadata("what", "test");
            assertThat(file.metadata().keySet()).containsExactly("what", "chainrule.crc32c");
            assertThat(file.doubles("doubles")).isEqualTo(doubles);
            assertThat(file.longs("longs")).isEqualTo(longs);
            assertThat(file.longs("none")).isEmpty();
            assertThat(file.doubles("single")).containsExactly(1, 0.5, 1 / 3f, 0.25, 0.2f, 1 / 6f);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "__metadata__"})
    void namesAreUnique(String name) {
        TensorWriter writer = new TensorWriter().tensor("a", new double[1]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writer.tensor(name, new long[1]))
                .withMessage("there is " + name + " already; expected another name");
    }

    @Test
    void mistakesOfReaders() throws IOException {
        new TensorWriter()
                .tensor("a", new double[1])
                .tensor("b", new long[1])
                .metadata("key", "text")
                .save(path);
        try (TensorFile file = TensorFile.open(path)) {
            for (var mistake : Map.<Reading, String>of(
                            () -> file.longs("a"), "tensor \"a\" has the dtype F64; expected I64",
                            () -> file.doubles("b"), "tensor \"b\" has the dtype I64; expected F64 or F32",
                            () -> file.longs("c"), "there is no tensor \"c\"; expected one",
                            () -> file.checkMetadata("key", "texts"),
                                    "the metadata has the key \"text\"; expected \"texts\"",
                            () -> file.checkMetadata("no", "text"), "the metadata has no no; expected \"text\"")
                    .entrySet()) {
                assertThatExceptionOfType(WeightFileException.class)
                        .isThrownBy(() -> mistake.getKey().read())
                        .withMessage(path + ": " + mistake.getValue());
            }
        }
    }

    private interface Reading {
        void read() throws IOException;
    }

    @Test
    void dataThatIsNotWhatWasWritten() throws IOException {
        new TensorWriter().tensor("a", new double[] {1}).save(path);
        byte[] bytes = Files.readAllBytes(path);
        bytes[bytes.length - 1] ^= 1;
        try (TensorFile file = FileBytes.open(bytes)) {
            assertThatExceptionOfType(WeightFileException.class)
                    .isThrownBy(file::checkData)
                    .withMessageMatching("test: the metadata has the chainrule.crc32c \"\\w{8}\"; expected \"\\w{8}\"");
        }
        try (TensorFile file = FileBytes.open(FileBytes.of("{}"))) {
            assertThatExceptionOfType(WeightFileException.class)
                    .isThrownBy(file::checkData)
                    .withMessage("test: the metadata has no chainrule.crc32c; expected \"00000000\"");
        }
    }
}
