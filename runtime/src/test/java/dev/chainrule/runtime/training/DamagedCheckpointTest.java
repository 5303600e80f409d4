package dev.chainrule.runtime.training;

import static dev.chainrule.runtime.training.StoppedTraining.RECORDS;
import static dev.chainrule.runtime.training.StoppedTraining.network;
import static dev.chainrule.runtime.training.StoppedTraining.trainer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chainrule.runtime.weights.Dtype;
import dev.chainrule.runtime.weights.TensorFile;
import dev.chainrule.runtime.weights.TensorWriter;
import dev.chainrule.runtime.weights.WeightFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A damaged checkpoint is refused, the network unchanged, or is the same as the whole one. */
class DamagedCheckpointTest {
    @TempDir
    Path directory;

    private final TanhNetwork network = network(2);
    private Path file;

    @BeforeEach
    void save() throws IOException {
        file = directory.resolve("checkpoint");
        StoppedTraining.save(file);
    }

    @Test
    void truncated() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), whole.length);
            assertThat(isResumed(whole)).as("a byte more").isFalse();
            for (int length = whole.length - 1; length >= 0; length--) {
                channel.truncate(length);
                assertThat(isResumed(whole)).as("%s bytes", length).isFalse();
            }
        }
    }

    /** Some flips change nothing: an {@code E} in a number's text that becomes an {@code e}. */
    @Test
    void withAFlippedBit() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int resumed = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int bit = 0; bit < 8 * whole.length; bit++) {
                int at = bit / 8;
                channel.write(ByteBuffer.wrap(new byte[] {(byte) (whole[at] ^ 1 << bit % 8)}), at);
                resumed += isResumed(whole) ? 1 : 0;
                channel.write(ByteBuffer.wrap(whole, at, 1), at);
            }
        }
        assertThat(resumed).as("flips that change nothing").isLessThan(5);
        assertThat(isResumed(whole)).isTrue();
    }

    /** Whether a checkpoint is taken; then it has to be the same as the whole one, else the network stays as it was. */
    private boolean isResumed(byte[] whole) throws IOException {
        Arrays.fill(network.parameters(), 7);
        Training training;
        try {
            training = trainer().build().resume(network, RECORDS, file);
        } catch (WeightFileException e) {
            assertThat(e.getMessage().startsWith(file + ": ") && e.getMessage().contains("expected"))
                    .as(e.getMessage())
                    .isTrue();
            assertThat(Arrays.stream(network.parameters()).allMatch(value -> value == 7))
                    .isTrue();
            return false;
        }
        Path again = directory.resolve("again");
        training.checkpoint(again);
        assertThat(again).hasBinaryContent(whole);
        return true;
    }

    /** Right by its checksum, but not by what it says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batches.order | 0, 1, 1, 3 | batches.order is no order; expected each record once",
                "batches.order | 0, 1, 2, 4 | batches.order is no order; expected each record once",
                "batches.order | 0, 1, 2 | tensor \"batches.order\" has 3 elements; expected 4",
                "batches.position | 1 | batches.position is 1; expected a multiple of 2",
                "batches.position | 5 | batches.position is 5; expected 0 to 4",
                "training.epochs | 4 | training.epochs is 4; expected 0 to 3",
                "training.epochs | 0 | tensor \"history.step\" has 1 elements; expected 0",
                "training.step | -1 | training.step is -1; expected 0 to 9223372036854775807",
                "parameters | 1 | tensor \"parameters\" has the dtype I64; expected F64 or F32",
            })
    void ofOurFormatButWrong(String tensor, String values, String problem) throws IOException {
        long[] replaced = Stream.of(values.split(", ")).mapToLong(Long::valueOf).toArray();
        TensorWriter writer = new TensorWriter();
        try (TensorFile saved = TensorFile.open(file)) {
            saved.metadata().forEach(writer::metadata);
            for (var each : saved.tensors()) {
                if (each.name().equals(tensor)) {
                    writer.tensor(tensor, replaced);
                } else if (each.dtype() == Dtype.I64) {
                    writer.tensor(each.name(), saved.longs(each.name()));
                } else {
                    writer.tensor(each.name(), saved.doubles(each.name()));
                }
            }
        }
        writer.save(file);
        Arrays.fill(network.parameters(), 7);
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> trainer().build().resume(network, RECORDS, file))
                .withMessage(file + ": " + problem);
        assertThat(network.parameters()).containsOnly(7);
    }
}
