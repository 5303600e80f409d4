package dev.chainrule.runtime.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.SmallGraph;
import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.StepListener;
import dev.chainrule.runtime.training.TanhNetwork;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.runtime.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files are read by protobuf's own parser, the checksums computed bit by bit from the polynomial of CRC-32C. */
class TensorBoardTest {
    private static final int EPOCHS = 3;

    @TempDir
    private Path folder;

    private final Records records = Records.wrap(new double[] {0, 0.5, 1}, 1, new double[] {0, 0.25, 0.5}, 1);
    private final TanhNetwork network = new TanhNetwork(
            ParameterLayout.of(1, new int[] {2, 1}, new boolean[] {true, false}), 0.5, -0.5, 0, 0.25, 1, 2);

    private History train(TrainingListener listener, boolean isValidated) {
        Trainer.Builder trainer = Trainer.builder().batchSize(2).epochs(EPOCHS).listener(listener);
        if (isValidated) {
            trainer.validation(records);
        }
        return trainer.build().train(network, records);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** CRC-32C of the bytes, rotated and shifted as TensorFlow's record_writer.h has it. */
    private static int maskedChecksum(byte[] bytes) {
        int crc = -1;
        for (byte value : bytes) {
            crc ^= value & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ 0x82f63b78 & -(crc & 1);
            }
        }
        return masked(~crc);
    }

    private static int masked(int crc) {
        return (crc >>> 15 | crc << 17) + 0xa282ead8;
    }

    private static List<UnknownFieldSet> events(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<UnknownFieldSet> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(length);
            assertThat(bytes.getInt()).isEqualTo(maskedChecksum(length));
            byte[] event = new byte
                    [Math.toIntExact(ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong())];
            bytes.get(event);
            assertThat(bytes.getInt()).isEqualTo(maskedChecksum(event));
            events.add(UnknownFieldSet.parseFrom(event));
        }
        return events;
    }

    private static double number(UnknownFieldSet message, int field) {
        return Double.longBitsToDouble(message.getField(field).getFixed64List().get(0));
    }

    private static double[] numbers(UnknownFieldSet message, int field) {
        ByteBuffer packed = message.getField(field)
                .getLengthDelimitedList()
                .get(0)
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN);
        double[] numbers = new double[packed.remaining() / Double.BYTES];
        packed.asDoubleBuffer().get(numbers);
        return numbers;
    }

    /** By tag, the values of an event. */
    private static Map<String, UnknownFieldSet> values(UnknownFieldSet event) throws IOException {
        Map<String, UnknownFieldSet> values = new LinkedHashMap<>();
        ByteString summary = event.getField(5).getLengthDelimitedList().get(0);
        for (ByteString bytes : UnknownFieldSet.parseFrom(summary).getField(1).getLengthDelimitedList()) {
            UnknownFieldSet value = UnknownFieldSet.parseFrom(bytes);
            values.put(value.getField(1).getLengthDelimitedList().get(0).toStringUtf8(), value);
        }
        return values;
    }

    private static float scalar(UnknownFieldSet value) {
        return Float.intBitsToFloat(value.getField(2).getFixed32List().get(0));
    }

    private static long step(UnknownFieldSet event) {
        return event.getField(2).getVarintList().get(0);
    }

    @Test
    void theCheckIsRightForAKnownText() {
        // The catalogue of parametrised CRC algorithms gives this check value of CRC-32C
        assertThat(maskedChecksum("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(masked(0xe3069283));
    }

    @Test
    void anEpochHasWhatTheHistoryHas() throws IOException {
        double before = System.currentTimeMillis() / 1e3;
        History history = train(TensorBoard.epochs(folder), true);
        double after = System.currentTimeMillis() / 1e3;
        assertThat(files())
                .singleElement()
                .satisfies(file -> assertThat(file.getFileName().toString())
                        .matches("events\\.out\\.tfevents\\.\\d{10}\\.[0-9a-f]+"));
        List<UnknownFieldSet> events = events(files().get(0));
        assertThat(events).hasSize(1 + EPOCHS);
        assertThat(events.get(0).getField(3).getLengthDelimitedList().get(0).toStringUtf8())
                .isEqualTo("brain.Event:2");
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            UnknownFieldSet event = events.get(1 + epoch);
            assertThat(number(event, 1)).isBetween(before, after);
            assertThat(step(event)).isEqualTo(epoch);
            Map<String, UnknownFieldSet> values = values(event);
            assertThat(values.keySet())
                    .containsExactlyInAnyOrder(
                            "epoch/loss",
                            "epoch/validation loss",
                            "epoch/rate",
                            "epoch/gradient norm",
                            "layer1/weight",
                            "layer1/bias",
                            "layer2/weight");
            assertThat(scalar(values.get("epoch/loss"))).isEqualTo((float) history.loss(epoch));
            assertThat(scalar(values.get("epoch/validation loss"))).isEqualTo((float) history.validationLoss(epoch));
            assertThat(scalar(values.get("epoch/rate"))).isEqualTo((float) history.rate(epoch));
            assertThat(scalar(values.get("epoch/gradient norm"))).isEqualTo((float) history.gradientNorm(epoch));
        }
    }

    @Test
    void histogramsAreOfTheLayersParameters() throws IOException {
        train(TensorBoard.epochs(folder), false);
        Map<String, UnknownFieldSet> values = values(events(files().get(0)).get(EPOCHS));
        UnknownFieldSet weights = UnknownFieldSet.parseFrom(
                values.get("layer2/weight").getField(5).getLengthDelimitedList().get(0));
        double[] p = network.parameters();
        assertThat(number(weights, 1)).isEqualTo(Math.min(p[4], p[5]));
        assertThat(number(weights, 2)).isEqualTo(Math.max(p[4], p[5]));
        assertThat(number(weights, 3)).isEqualTo(2);
        assertThat(number(weights, 4)).isEqualTo(p[4] + p[5]);
        assertThat(number(weights, 5)).isEqualTo(p[4] * p[4] + p[5] * p[5]);
        assertThat(numbers(weights, 6)).hasSize(30).isSorted().endsWith(Math.max(p[4], p[5]));
        assertThat(numbers(weights, 7)).hasSize(30).startsWith(1).endsWith(1);
    }

    @Test
    void histogramsOfAGraphHaveTheNamesOfLayersWithParameters() throws IOException {
        Records one = Records.wrap(new double[] {10, -2, 1}, 3, new double[] {1, 0, 0, 100}, 4);
        Trainer.builder().epochs(1).listener(TensorBoard.epochs(folder)).build().train(SmallGraph.ready(1), one);
        Map<String, UnknownFieldSet> values = values(events(files().get(0)).get(1));
        assertThat(values.keySet().stream().filter(name -> !name.startsWith("epoch/")))
                .containsExactlyInAnyOrder(
                        "h/weight", "h/bias", "g/weight", "policy/weight", "policy/bias", "y/weight", "y/bias");
    }

    @Test
    void stepsAreWrittenWhereTheyAreAskedFor() throws IOException {
        List<double[]> told = new ArrayList<>();
        StepListener listener = training ->
                told.add(new double[] {training.step(), training.loss(), training.rate(), training.gradientNorm()});
        Trainer.builder()
                .batchSize(2)
                .epochs(EPOCHS)
                .listener(listener)
                .listener(TensorBoard.steps(folder))
                .build()
                .train(network, records);
        List<UnknownFieldSet> steps = new ArrayList<>();
        for (UnknownFieldSet event : events(files().get(0))) {
            if (event.hasField(5) && values(event).containsKey("step/loss")) {
                steps.add(event);
            }
        }
        assertThat(steps).hasSize(2 * EPOCHS).hasSameSizeAs(told);
        for (int i = 0; i < steps.size(); i++) {
            Map<String, UnknownFieldSet> values = values(steps.get(i));
            assertThat(step(steps.get(i))).isEqualTo((long) told.get(i)[0]);
            assertThat(scalar(values.get("step/loss"))).isEqualTo((float) told.get(i)[1]);
            assertThat(scalar(values.get("step/rate"))).isEqualTo((float) told.get(i)[2]);
            assertThat(scalar(values.get("step/gradient norm"))).isEqualTo((float) told.get(i)[3]);
        }
    }

    @Test
    void anEpochIsInTheFileWhenItHasEnded() {
        List<Integer> seen = new ArrayList<>();
        TrainingListener look = training -> {
            try {
                seen.add(events(files().get(0)).size());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        Trainer.builder()
                .epochs(EPOCHS)
                .listener(TensorBoard.epochs(folder))
                .listener(look)
                .build()
                .train(network, records);
        assertThat(seen).containsExactly(2, 3, 4);
    }

    @Test
    void eachTrainingHasAFileOfItsOwnInAFolderThatIsMade() throws IOException {
        folder = folder.resolve("runs").resolve("first");
        TrainingListener listener = TensorBoard.epochs(folder);
        train(listener, false);
        train(listener, false);
        assertThat(files()).hasSize(2);
    }

    @Test
    void aFolderThatCannotBeMadeEndsTheTraining() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> train(TensorBoard.epochs(file), false))
                .withMessageContaining(file.toString());
    }

    @Test
    void equalValuesAreOneBucketAndExtremeOnesDoNotOverflow() {
        Histogram equal = Histogram.of(new double[] {9, 3, 3, 3, 9}, 1, 4);
        assertThat(equal.limits()).containsExactly(3);
        assertThat(equal.counts()).containsExactly(3);
        Histogram extreme = Histogram.of(new double[] {-Double.MAX_VALUE, 0, Double.MAX_VALUE}, 0, 3);
        assertThat(extreme.limits()).isSorted().doesNotContain(Double.POSITIVE_INFINITY, Double.NaN);
        assertThat(extreme.counts()[0]).isEqualTo(1);
        assertThat(extreme.counts()[15]).isEqualTo(1);
        assertThat(extreme.counts()[29]).isEqualTo(1);
    }
}
