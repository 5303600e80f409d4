package dev.chainrule.runtime.weights;

import static dev.chainrule.runtime.weights.FileBytes.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of the format are read, whatever they hold. */
class TensorFileTest {
    @Test
    void theEmptyFile() throws IOException {
        TensorFile file = FileBytes.open(FileBytes.of("{}"));
        assertThat(file.tensors()).isEmpty();
        assertThat(file.metadata()).isEmpty();
    }

    @Test
    void tensorsInTheOrderOfTheirData() throws IOException {
        TensorFile file = FileBytes.open(FileBytes.of(
                "{\"c\":{\"dtype\":\"F64\",\"shape\":[1,2],\"data_offsets\":[8,24]},"
                        + "\"a\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]},"
                        + "\"none\":{\"dtype\":\"F32\",\"shape\":[4,0],\"data_offsets\":[0,0]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[24,32]}}",
                1,
                2,
                3,
                0));
        assertThat(file.tensors())
                .containsExactly(
                        new Tensor("none", Dtype.F32, List.of(4L, 0L), 0, 0),
                        new Tensor("a", Dtype.F64, List.of(), 0, 8),
                        new Tensor("c", Dtype.F64, List.of(1L, 2L), 8, 24),
                        new Tensor("b", Dtype.F32, List.of(2L), 24, 32));
        assertThat(file.tensors()).extracting(Tensor::size).containsExactly(0L, 1L, 2L, 2L);
        assertThat(file.doubles("c")).containsExactly(2, 3);
        assertThat(file.doubles("a")).containsExactly(1);
        assertThat(file.doubles("b")).containsExactly(0, 0);
        assertThat(file.doubles("none")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Dtype.class)
    void everyDtype(Dtype dtype) throws IOException {
        // 32 elements have four times as many bytes as one has bits
        int bytes = 4 * dtype.bits();
        TensorFile file = FileBytes.open(FileBytes.of(tensor(dtype.name(), "32", "0," + bytes), new double[bytes / 8]));
        assertThat(file.tensors()).containsExactly(new Tensor("t", dtype, List.of(32L), 0, bytes));
        if (dtype == Dtype.F64 || dtype == Dtype.F32) {
            assertThat(file.doubles("t")).isEqualTo(new double[32]);
        } else {
            assertThatExceptionOfType(WeightFileException.class)
                    .isThrownBy(() -> file.doubles("t"))
                    .withMessage("test: tensor \"t\" has the dtype " + dtype + "; expected F64 or F32");
        }
    }

    @Test
    void valuesThatAreNotFiniteAreValues() throws IOException {
        double[] values = {Double.NaN, Double.NEGATIVE_INFINITY, -0.0};
        assertThat(FileBytes.open(FileBytes.of(tensor("F64", "3", "0,24"), values))
                        .doubles("t"))
                .isEqualTo(values);
    }

    @Test
    void numbersOfAllDigits() throws IOException {
        TensorFile file = FileBytes.open(FileBytes.of(tensor("F64", "1234567890,0,9", "0,0")));
        assertThat(file.tensors()).containsExactly(new Tensor("t", Dtype.F64, List.of(1234567890L, 0L, 9L), 0, 0));
        assertThat(file.tensors().get(0).size()).isZero();
    }

    @Test
    void aTensorThatIsNotThere() throws IOException {
        TensorFile file = FileBytes.open(FileBytes.of(tensor("F64", "1", "0,8"), 1));
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> file.doubles("u"))
                .withMessage("test: there is no tensor \"u\"; expected one");
    }

    /** Nothing is read, as the file only says that it is so large. */
    @Test
    void moreThanAnArrayHolds() throws IOException {
        byte[] bytes = FileBytes.of(tensor("F32", "2147483640", "0,8589934560"));
        TensorFile file = TensorFile.of("test", FileBytes.channel(bytes, bytes.length + 8589934560L));
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> file.doubles("t"))
                .withMessage("test: tensor \"t\" has 2147483640 elements; expected at most 2147483639");
    }

    @Test
    void text() throws IOException {
        assertThat(FileBytes.open(FileBytes.of(tensor("F64", "1", "0,8"), 1))).hasToString("test, tensors: 1");
    }

    @Test
    void aFileThatBecomesShorter() throws IOException {
        byte[] whole = FileBytes.of(tensor("F64", "1", "0,8"), 1);
        byte[] shorter = Arrays.copyOf(whole, whole.length - 1);
        SeekableByteChannel channel = FileBytes.channel(shorter, whole.length);
        TensorFile file = TensorFile.of("test", channel);
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> file.doubles("t"))
                .withMessage("test: the file became shorter while it was read; expected it to stay");
        file.close();
        assertThat(channel.isOpen()).isFalse();
    }

    /** A search from the first for each would take far longer. */
    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyTensors(@TempDir Path directory) throws IOException {
        int count = 200_000;
        TensorWriter writer = new TensorWriter();
        double expected = 0;
        for (int i = 0; i < count; i++) {
            writer.tensor("t" + i, new double[] {i});
            expected = 2 * (expected + i) % 1e9;
        }
        writer.save(directory.resolve("many"));
        double found = 0;
        try (TensorFile file = TensorFile.open(directory.resolve("many"))) {
            for (int i = 0; i < count; i++) {
                found = 2 * (found + file.doubles("t" + i)[0]) % 1e9;
            }
        }
        assertThat(found).isEqualTo(expected);
    }
}
