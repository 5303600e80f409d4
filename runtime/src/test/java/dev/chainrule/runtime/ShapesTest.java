package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapesTest {
    private static final double[] THREE_INPUT_RECORDS = new double[6];
    private static final double[] THREE_TARGET_RECORDS = new double[3];

    @Test
    void theExpectedLengthPasses() {
        assertThatCode(() -> Shapes.checkLength("input", new double[2], 2)).doesNotThrowAnyException();
    }

    @Test
    void anotherLengthIsNamedWithWhatWasExpected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shapes.checkLength("input", new double[3], 2))
                .withMessage("input has 3 values; expected 2");
    }

    @ParameterizedTest
    @CsvSource({"0,3", "0,0", "1,2", "3,3"})
    void rangesWithinTheRecordsPass(int from, int to) {
        assertThatCode(() -> Shapes.checkRecords(THREE_INPUT_RECORDS, 2, "targets", THREE_TARGET_RECORDS, 1, from, to))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"-1,2", "2,1", "0,4", "4,4", "-2147483648,2147483647"})
    void rangesOutsideTheRecordsDoNot(int from, int to) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Shapes.checkRecords(THREE_INPUT_RECORDS, 2, "targets", THREE_TARGET_RECORDS, 1, from, to))
                .withMessage("records from " + from + " to " + to
                        + "; expected a range within 0 to 3, the number of records");
    }

    @Test
    void noRecordsAreRecordsToo() {
        assertThatCode(() -> Shapes.checkRecords(new double[0], 2, "targets", new double[0], 1, 0, 0))
                .doesNotThrowAnyException();
    }

    @Test
    void partsOfRecordsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shapes.checkRecords(new double[7], 2, "targets", THREE_TARGET_RECORDS, 1, 0, 3))
                .withMessage("inputs has 7 values; expected a multiple of 2, the width of a record");
    }

    @Test
    void asManyTargetsAsInputsAreNeeded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shapes.checkRecords(THREE_INPUT_RECORDS, 2, "targets", new double[4], 1, 0, 3))
                .withMessage("targets has 4 values; expected 3, for 3 records of 1");
    }

    @Test
    void theNumberOfTargetsDoesNotOverflow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shapes.checkRecords(new double[4], 1, "targets", new double[0], 1 << 30, 0, 4))
                .withMessageContaining("expected 4294967296, for 4 records");
    }
}
