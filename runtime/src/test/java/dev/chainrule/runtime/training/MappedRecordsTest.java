package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.weights.Dtype;
import dev.chainrule.runtime.weights.TensorWriter;
import dev.chainrule.runtime.weights.WeightFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Records of a file: the same as those that were written to it. */
class MappedRecordsTest {
    private static final int COUNT = 300;
    private static final ParameterLayout LAYOUT = ParameterLayout.of(2, new int[] {3, 1}, new boolean[] {true, true});

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("records");
    }

    /** Of values that the dtype has. */
    private static Records records(Dtype dtype, int count) {
        Random random = new Random(count);
        double[] inputs = new double[2 * count];
        double[] targets = new double[count];
        for (double[] values : new double[][] {inputs, targets}) {
            Arrays.setAll(values, i -> switch (dtype) {
                case U8 -> random.nextInt(256);
                case F32 -> random.nextFloat();
                default -> random.nextGaussian();
            });
        }
        return Records.wrap(inputs, 2, targets, 1);
    }

    private void write(RecordStore records, Dtype dtype) throws IOException {
        try (RecordWriter writer = new RecordWriter(file(), records.inputWidth(), records.targetWidth(), dtype)) {
            writer.addAll(records);
            writer.save();
        }
    }

    /** Pieces of 7 to 56 records, and all in one. */
    @ParameterizedTest
    @EnumSource(names = {"F64", "F32", "U8"})
    void haveTheValuesThatWereWritten(Dtype dtype) throws IOException {
        Records expected = records(dtype, COUNT);
        write(expected, dtype);
        for (int piece : new int[] {7 * 24, 1 << 30}) {
            MappedRecords mapped = MappedRecords.open(file(), piece);
            assertThat(mapped.count()).isEqualTo(COUNT);
            assertThat(mapped.inputWidth()).isEqualTo(2);
            assertThat(mapped.targetWidth()).isEqualTo(1);
            double[] inputs = new double[2 * COUNT + 2];
            double[] targets = new double[COUNT + 1];
            mapped.copy(0, 11, inputs, targets, 1);
            mapped.copy(11, COUNT, inputs, targets, 12);
            assertThat(inputs).startsWith(0, 0).endsWith(expected.inputs());
            assertThat(targets).startsWith(0).endsWith(expected.targets());
            assertThat(Visits.checksum(mapped)).isEqualTo(Visits.checksum(expected));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> mapped.copy(0, COUNT + 1, new double[1_000], new double[1_000], 0));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> mapped.copy(-1, 1, new double[1_000], new double[1_000], 0));
        }
    }

    @Test
    void floatsAreRounded() throws IOException {
        write(Records.wrap(new double[] {0.1, 1e-60}, 2, new double[] {1e38}, 1), Dtype.F32);
        double[] input = new double[2];
        double[] target = new double[1];
        MappedRecords.open(file()).copy(0, 1, input, target, 0);
        assertThat(input).containsExactly(0.1f, 0);
        assertThat(target).containsExactly(1e38f);
    }

    /** By threads that share the mapping, and on from a checkpoint of the other. */
    @Test
    void trainToTheBitsOfRecordsInMemory() throws IOException {
        Records records = records(Dtype.F32, COUNT);
        write(records, Dtype.F32);
        RecordStore mapped = MappedRecords.open(file(), 1_000);
        Path checkpoint = directory.resolve("checkpoint");
        TanhNetwork expected = network();
        trainer(1).epochs(4).build().train(expected, records);

        TanhNetwork network = network();
        trainer(3).epochs(2).checkpoints(checkpoint, 1_000).build().train(network, mapped);
        trainer(1)
                .epochs(3)
                .checkpoints(checkpoint, 1_000)
                .build()
                .resume(network, records, checkpoint)
                .run();
        trainer(2).epochs(4).build().resume(network, mapped, checkpoint).run();
        assertThat(network.parameters()).containsExactly(expected.parameters());
    }

    private static TanhNetwork network() {
        TanhNetwork network = new TanhNetwork(LAYOUT);
        Initializers.glorotUniform().initialize(network, 1);
        return network;
    }

    private static Trainer.Builder trainer(int threads) {
        return Trainer.builder()
                .optimizer(Optimizers.adam(0.01))
                .batchSize(130)
                .shuffledByBlocks(5, 8)
                .threads(threads, parameters -> new TanhNetwork(LAYOUT, parameters));
    }

    /** Also when another file has taken its place. */
    @Test
    void stayWhenTheFileIsReplacedOrDeleted() throws IOException {
        Records first = records(Dtype.F64, 50);
        write(first, Dtype.F64);
        MappedRecords mapped = MappedRecords.open(file());
        write(records(Dtype.F64, 20), Dtype.F64);
        Files.delete(file());
        assertThat(Visits.checksum(mapped)).isEqualTo(Visits.checksum(first));
    }

    @Test
    void aFileThatIsShorterOrLongerIsRefused() throws IOException {
        write(records(Dtype.F32, 5), Dtype.F32);
        byte[] whole = Files.readAllBytes(file());
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(1), whole.length);
            assertRefused();
            for (int length = whole.length - 1; length >= 0; length--) {
                channel.truncate(length);
                assertRefused();
            }
        }
    }

    private void assertRefused() {
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> MappedRecords.open(file()))
                .withMessageStartingWith(file() + ": ")
                .withMessageContaining("expected");
    }

    /** Or has the same values: a flip may make it another tool's file. */
    @Test
    void aFileWithAFlippedBitIsRefused() throws IOException {
        Records records = records(Dtype.F32, 5);
        write(records, Dtype.F32);
        byte[] whole = Files.readAllBytes(file());
        int same = 0;
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            for (int bit = 0; bit < 8 * whole.length; bit++) {
                int at = bit / 8;
                channel.write(ByteBuffer.wrap(new byte[] {(byte) (whole[at] ^ 1 << bit % 8)}), at);
                try {
                    MappedRecords found = MappedRecords.open(file());
                    assertThat(Visits.checksum(found)).as("bit %s", bit).isEqualTo(Visits.checksum(records));
                    same++;
                } catch (WeightFileException e) {
                    assertThat(e).hasMessageContaining("expected");
                }
                channel.write(ByteBuffer.wrap(whole, at, 1), at);
            }
        }
        assertThat(same).as("flips that change nothing").isLessThan(150);
    }

    /** As another tool writes it, by the format's description alone. */
    private void writeForeign(String metadata, String dtype, String shape, float... values) throws IOException {
        byte[] header = ("{\"__metadata__\":{" + metadata + "},\"records\":{\"dtype\":\"" + dtype + "\",\"shape\":["
                        + shape + "],\"data_offsets\":[0," + 4 * values.length + "]}}")
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + 4 * values.length);
        bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header);
        for (float value : values) {
            bytes.putFloat(value);
        }
        Files.write(file(), bytes.array());
    }

    @Test
    void ofAnotherTool() throws IOException {
        writeForeign("\"chainrule.inputs\":\"2\",\"chainrule.targets\":\"1\"", "F32", "2,3", 1, 2, 3, 4, 5, 6);
        double[] inputs = new double[4];
        double[] targets = new double[2];
        MappedRecords.open(file()).copy(0, 2, inputs, targets, 0);
        assertThat(inputs).containsExactly(1, 2, 4, 5);
        assertThat(targets).containsExactly(3, 6);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"chainrule.inputs\":\"2\",\"chainrule.targets\":\"1\" | F32 | 2,3 | NaN | target 0 of record 1 is NaN; expected a finite number",
                "\"chainrule.inputs\":\"1\",\"chainrule.targets\":\"1\" | F32 | 2,3 | 6 | the metadata has the chainrule.targets \"1\"; expected \"2\"",
                "'' | F32 | 2,3 | 6 | the metadata has no chainrule.inputs; expected \"1 to 2\"",
                "\"chainrule.inputs\":\"3\" | F32 | 2,3 | 6 | the metadata has the chainrule.inputs \"3\"; expected \"1 to 2\"",
                "\"chainrule.inputs\":\"0\" | F32 | 2,3 | 6 | the metadata has the chainrule.inputs \"0\"; expected \"1 to 2\"",
                "\"chainrule.inputs\":\"two\" | F32 | 2,3 | 6 | the metadata has the chainrule.inputs \"two\"; expected \"1 to 2\"",
                "\"chainrule.inputs\":\"2\",\"chainrule.targets\":\"1\" | I32 | 2,3 | 6 | tensor \"records\" has the dtype I32; expected F64, F32 or U8",
                "\"chainrule.inputs\":\"2\",\"chainrule.targets\":\"1\" | F32 | 6 | 6 | tensor \"records\" [6] F32 is no table of records; expected 1 to 2147483647 rows of 2 to 268435456 values",
                "\"chainrule.inputs\":\"1\" | F32 | 6,1 | 6 | tensor \"records\" [6, 1] F32 is no table of records; expected 1 to 2147483647 rows of 2 to 268435456 values",
                "\"chainrule.inputs\":\"2\",\"chainrule.targets\":\"1\",\"chainrule.format\":\"records 2\" | F32 | 2,3 | 6 | the metadata has the chainrule.format \"records 2\"; expected \"records 1\"",
                "\"chainrule.inputs\":\"2\",\"chainrule.targets\":\"1\",\"chainrule.format\":\"records 1\" | F32 | 2,3 | 6 | the metadata has no chainrule.crc32c; expected \"805104b9\"",
            })
    void filesOfOtherThings(String metadata, String dtype, String shape, float last, String message)
            throws IOException {
        writeForeign(metadata, dtype, shape, 1, 2, 3, 4, 5, last);
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> MappedRecords.open(file()))
                .withMessage(file() + ": " + message);
    }

    @Test
    void noRecords() throws IOException {
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> MappedRecords.open(file()));
        new TensorWriter().tensor("parameters", new double[1]).save(file());
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> MappedRecords.open(file()))
                .withMessage(file() + ": there is no tensor \"records\"; expected one");
        writeForeign("\"chainrule.inputs\":\"2\",\"chainrule.targets\":\"1\"", "F32", "0,3");
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> MappedRecords.open(file()))
                .withMessageContaining("is no table of records");
    }

    @Test
    void recordsThatCannotBeWritten() throws IOException {
        try (RecordWriter writer = new RecordWriter(file(), 2, 1, Dtype.U8)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(writer::save)
                    .withMessage("there are no records; expected at least 1");
            writer.add(new double[] {1, 2}, new double[] {3});
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.add(new double[] {1, 0.5}, new double[1]))
                    .withMessage("input 1 of record 1 is 0.5; expected a finite number that U8 has");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.add(new double[2], new double[] {256}))
                    .withMessage("target 0 of record 1 is 256.0; expected a finite number that U8 has");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.add(new double[3], new double[1]))
                    .withMessage("input has 3 values; expected 2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.add(new double[2], new double[2]))
                    .withMessage("target has 2 values; expected 1");
            writer.save();
            assertThatIllegalStateException().isThrownBy(writer::save);
        }
        assertThat(MappedRecords.open(file()).count()).isEqualTo(1);
        try (RecordWriter writer = new RecordWriter(file(), 1, 1, Dtype.F32)) {
            for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1e39}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> writer.add(new double[] {value}, new double[1]))
                        .withMessage("input 0 of record 0 is " + value + "; expected a finite number that F32 has");
            }
        }
        assertThat(MappedRecords.open(file()).count()).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordWriter(file(), 1, 0, Dtype.F32))
                .withMessage("the width of targets is 0; expected at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RecordWriter(file(), 1, 1, Dtype.BF16))
                .withMessage("dtype is BF16; expected F64, F32 or U8");
    }
}
