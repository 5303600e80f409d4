package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chainrule.runtime.weights.Dtype;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The weights of records: what they may be, and that they stay with their records. */
class RecordWeightsTest {
    /** Records whose weight is their target. */
    private static final double[] WEIGHTS = {3, 0, 0.5, 1, 7, 2};

    private static final Records PLAIN = Records.wrap(new double[] {5, 4, 3, 2, 1, 0}, 1, WEIGHTS.clone(), 1);
    private static final Records RECORDS = PLAIN.weighted(WEIGHTS);

    @TempDir
    Path directory;

    private static void refuses(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    /** That each record has the weight that its target says. */
    private static void assertWeighted(RecordStore records) {
        assertThat(records.isWeighted()).isTrue();
        double[] input = new double[1];
        double[] target = new double[1];
        for (int record = 0; record < records.count(); record++) {
            records.copy(record, record + 1, input, target, 0);
            assertThat(records.weight(record))
                    .as("record %s of %s", record, records)
                    .isEqualTo(target[0]);
        }
    }

    @Test
    void oneARecord() {
        assertWeighted(RECORDS);
        assertThat(RECORDS.inputs()).isSameAs(PLAIN.inputs());
        assertThat(RECORDS).hasToString("6 records of 1 input and 1 target, weighted");
    }

    @Test
    void oneUnlessWeighted() {
        for (RecordStore records : new RecordStore[] {PLAIN, PLAIN.select(1, 2), rows()}) {
            assertThat(records.isWeighted()).isFalse();
            assertThat(IntStream.range(0, records.count()).mapToDouble(records::weight))
                    .containsOnly(1.0);
        }
    }

    private static RecordStore rows() {
        return RecordStore.of(Rows.of(PLAIN.inputs(), 1), Rows.of(PLAIN.targets(), 1));
    }

    @Test
    void laterChangesOfTheArrayDoNotShow() {
        double[] weights = WEIGHTS.clone();
        Records records = PLAIN.weighted(weights);
        RecordStore view = rows().weighted(weights);
        weights[0] = 99;
        assertWeighted(records);
        assertWeighted(view);
    }

    @Test
    void stayWithTheirRecords() {
        assertWeighted(RECORDS.select(4, 4, 0));
        assertWeighted(RECORDS.shuffled(5));
        assertWeighted(RECORDS.split(0.5).first());
        assertWeighted(RECORDS.split(0.5).rest());
        Standardisation standardisation = Standardisation.fit(RECORDS);
        assertThat(standardisation.means()).containsExactly(2.5); // each counts once
        assertWeighted(standardisation.apply(RECORDS));
        assertWeighted(standardisation.view(RECORDS));
        assertWeighted(rows().weighted(WEIGHTS));
        assertWeighted(rows().weighted(WEIGHTS).select(4, 4, 0));
        assertThat(rows().weighted(WEIGHTS)).hasToString("6 records of 1 input and 1 target, weighted");
    }

    @Test
    void takeThePlaceOfOthers() {
        assertWeighted(PLAIN.weighted(6, 5, 4, 3, 2, 1).weighted(WEIGHTS));
        assertWeighted(rows().weighted(6, 5, 4, 3, 2, 1).weighted(WEIGHTS));
    }

    @Test
    void ofRecordsInAFile() throws IOException {
        Path file = directory.resolve("records");
        try (RecordWriter writer = new RecordWriter(file, 1, 1, Dtype.F64)) {
            refuses(
                    () -> writer.addAll(RECORDS),
                    "the records have weights, which a file of records does not hold; write the records as they are "
                            + "before weighted(...), and give the weights to those of the file");
            writer.addAll(PLAIN);
            writer.save();
        }
        assertWeighted(MappedRecords.open(file).weighted(WEIGHTS));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -1e-300, Double.NaN, Double.POSITIVE_INFINITY})
    void thatAreNoWeights(double weight) {
        String message =
                "the weight of record 1 in the records is " + weight + "; expected 0 or a positive, finite number";
        refuses(() -> PLAIN.weighted(1, weight, 1, 1, 1, 1), message);
        refuses(() -> rows().weighted(1, weight, 1, 1, 1, 1), message);
    }

    @Test
    void ofAnotherNumber() {
        refuses(() -> PLAIN.weighted(1, 2), "there are 2 weights for 6 records; expected one a record");
    }

    @Test
    void thatDoNotSumToANumberToDivideBy() {
        refuses(
                () -> PLAIN.weighted(new double[6]),
                "the weights of the records sum to 0.0; expected a positive, finite sum");
        refuses(
                () -> PLAIN.weighted(1e308, 1e308, 0, 0, 0, 0),
                "the weights of the records sum to Infinity; expected a positive, finite sum");
    }

    @Test
    void thatAreAllZeroInAPart() {
        Records none = RECORDS.select(1, 1);
        String problem = "sum to 0.0; expected a positive, finite sum";
        refuses(() -> Trainer.builder().build().train(new Scaling(1.0), none), "the weights of the records " + problem);
        refuses(
                () -> Trainer.builder().validation(none).build().train(new Scaling(1.0), PLAIN),
                "the weights of the validation records " + problem);
        refuses(() -> Metrics.of(new Scaling(1.0), none), "the weights of the records " + problem);
    }
}
