package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chainrule.runtime.ParameterLayout;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Records that are not held as doubles: they are the same records. */
class RecordStoreTest {
    private static final int COUNT = 150;
    private static final ParameterLayout LAYOUT = ParameterLayout.of(3, new int[] {4, 2}, new boolean[] {true, true});

    /** Whole numbers from 0 to 255, which all of the types can have. */
    private final byte[] inputBytes = new byte[3 * COUNT];

    private final float[] targetFloats = new float[2 * COUNT];
    private final Records doubles;

    RecordStoreTest() {
        Random random = new Random(20263);
        random.nextBytes(inputBytes);
        double[] targets = new double[targetFloats.length];
        for (int i = 0; i < targets.length; i++) {
            targetFloats[i] = random.nextFloat();
            targets[i] = targetFloats[i];
        }
        double[] inputs = IntStream.range(0, inputBytes.length)
                .mapToDouble(i -> Byte.toUnsignedInt(inputBytes[i]))
                .toArray();
        doubles = Records.wrap(inputs, 3, targets, 2);
    }

    private RecordStore bytes() {
        return RecordStore.of(Rows.of(inputBytes, 3), Rows.of(targetFloats, 2));
    }

    private RecordStore floats() {
        float[] inputs = new float[inputBytes.length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = Byte.toUnsignedInt(inputBytes[i]);
        }
        return RecordStore.of(Rows.of(inputs, 3), Rows.of(doubles.targets(), 2));
    }

    /** In two pieces, which do not begin with the arrays. */
    private static void assertSame(RecordStore records, Records expected) {
        assertThat(records.count()).isEqualTo(expected.count());
        double[] inputs = new double[3 * (records.count() + 1)];
        double[] targets = new double[2 * (records.count() + 1)];
        records.copy(0, 7, inputs, targets, 1);
        records.copy(7, records.count(), inputs, targets, 8);
        assertThat(inputs).startsWith(0, 0, 0).endsWith(expected.inputs());
        assertThat(targets).startsWith(0, 0).endsWith(expected.targets());
    }

    @Test
    void haveTheSameValues() {
        assertThat(doubles.inputs()).contains(0, 255);
        assertSame(doubles, doubles);
        assertSame(bytes(), doubles);
        assertSame(floats(), doubles);
    }

    @Test
    void selectedRecords() {
        int[] numbers = IntStream.range(0, COUNT)
                .map(i -> (i * 7 + 3) % COUNT)
                .limit(100)
                .toArray();
        assertSame(bytes().select(numbers), doubles.select(numbers));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bytes().select())
                .withMessage("the number of selected records is 0; expected at least 1");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> bytes().select(0, COUNT));
    }

    @Test
    void theirChecksumIsThatOfTheValues() {
        assertThat(Visits.checksum(bytes())).isEqualTo(Visits.checksum(doubles));
        assertThat(Visits.checksum(floats())).isEqualTo(Visits.checksum(doubles));
        assertThat(Visits.checksum(doubles.select(
                        IntStream.range(0, COUNT).map(i -> i < 2 ? 1 - i : i).toArray())))
                .isNotEqualTo(Visits.checksum(doubles));
    }

    /** In order and shuffled, on one thread and on several, with validation and metrics. */
    @Test
    void trainToTheSameBits() {
        for (boolean isShuffled : new boolean[] {false, true}) {
            TanhNetwork expected = trained(doubles, 1, isShuffled);
            for (RecordStore records : new RecordStore[] {doubles, bytes(), floats()}) {
                for (int threads = 1; threads <= 3; threads++) {
                    assertThat(trained(records, threads, isShuffled).parameters())
                            .as("%s, %s threads, shuffled: %s", records, threads, isShuffled)
                            .containsExactly(expected.parameters());
                }
            }
        }
    }

    private TanhNetwork trained(RecordStore records, int threads, boolean isShuffled) {
        TanhNetwork network = new TanhNetwork(LAYOUT);
        Initializers.glorotUniform().initialize(network, 4);
        RecordStore standardised = Standardisation.fit(records).view(records);
        Trainer.Builder trainer = Trainer.builder()
                .optimizer(Optimizers.adam(0.01))
                .batchSize(100)
                .epochs(4)
                .threads(threads, parameters -> new TanhNetwork(LAYOUT, parameters))
                .validation(records.select(IntStream.range(0, 90).toArray()))
                .metric("error", Metrics::meanSquaredError)
                .earlyStopping(1, 0, "error", Best.LEAST);
        (isShuffled ? trainer.shuffled(8) : trainer).build().train(network, standardised);
        return network;
    }

    @Test
    void measureTheSame() {
        TanhNetwork network = trained(doubles, 1, true);
        double expected = Metrics.of(network, doubles).meanSquaredError();
        for (int threads = 1; threads <= 3; threads++) {
            for (RecordStore records : new RecordStore[] {doubles, bytes(), floats()}) {
                Metrics metrics = Metrics.of(network, records, threads, p -> new TanhNetwork(LAYOUT, p));
                assertThat(metrics.meanSquaredError()).isEqualTo(expected);
            }
        }
    }

    private static void refuses(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    /** Records that stand nowhere: the error comes before one is read. */
    private static RecordStore unreadable(int count, int inputWidth, int targetWidth) {
        return new RecordStore() {
            @Override
            public int count() {
                return count;
            }

            @Override
            public int inputWidth() {
                return inputWidth;
            }

            @Override
            public int targetWidth() {
                return targetWidth;
            }

            @Override
            public void copy(int from, int to, double[] inputs, double[] targets, int row) {
                throw new AssertionError("nothing is to be read");
            }
        };
    }

    /** Their targets are kept in one array; inputs are read by a few records at a time. */
    @Test
    void moreThanAnArrayHolds() {
        refuses(
                () -> Metrics.of(new Scaling(new double[1_000]), unreadable(3_000_000, 1_000, 1_000)),
                "3000000 records of 1000 targets are 3000000000 values; one array holds at most 2147483639");
        refuses(
                () -> Visits.checkFinite(unreadable(1, 1, Integer.MAX_VALUE)),
                "1 records of 2147483647 targets are 2147483647 values; one array holds at most 2147483639");
        refuses(
                () -> Visits.checkFinite(unreadable(20, 1 << 27, 1)),
                "20 records of 134217728 inputs are 2684354560 values; one array holds at most 2147483639");
    }

    @Test
    void rowsThatCannotBe() {
        refuses(() -> Rows.of(new float[3], 2), "there are 3 values; expected a multiple of 2");
        refuses(() -> Rows.of(new byte[3], 0), "the width of rows is 0; expected at least 1");
        Rows two = Rows.of(new byte[2], 1);
        refuses(
                () -> RecordStore.of(two, Rows.of(new double[3], 1)),
                "there are 2 records of inputs and 3 of targets; expected as many of both");
        Rows none = Rows.of(new byte[0], 1);
        refuses(() -> RecordStore.of(none, none), "there are no records; expected at least 1");
        refuses(
                () -> RecordStore.of(Rows.of(new float[] {0, 1, 2, Float.NaN}, 2), two),
                "input 1 of record 1 is NaN; expected a finite number");
        refuses(
                () -> RecordStore.of(two, Rows.of(new double[] {Double.NEGATIVE_INFINITY, 0}, 1)),
                "target 0 of record 0 is -Infinity; expected a finite number");
    }
}
