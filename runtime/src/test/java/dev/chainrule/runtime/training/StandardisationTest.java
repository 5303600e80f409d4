package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StandardisationTest {
    /** Means 3, 20, 7; standard deviations (of a sample) 2, 10, 0. */
    private static final Records TRAINING =
            Records.wrap(new double[] {1, 10, 7, 3, 20, 7, 5, 30, 7}, 3, new double[] {1, 2, 3}, 1);

    private static void refuses(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @Test
    void allColumns() {
        Standardisation standardisation = Standardisation.fit(TRAINING);
        assertThat(standardisation.means()).containsExactly(3, 20, 7);
        assertThat(standardisation.deviations()).containsExactly(2, 10, 0);
        assertThat(standardisation.apply(TRAINING).inputs()).containsExactly(-1, -1, 0, 0, 0, 0, 1, 1, 0);
    }

    @Test
    void someColumns() {
        Standardisation standardisation = Standardisation.fit(TRAINING, 1);
        assertThat(standardisation.means()).containsExactly(20);
        assertThat(standardisation.deviations()).containsExactly(10);
        assertThat(standardisation.apply(TRAINING).inputs()).containsExactly(1, -1, 7, 3, 0, 7, 5, 1, 7);
    }

    @Test
    void columnsInAnyOrder() {
        Standardisation standardisation = Standardisation.fit(TRAINING, 2, 0);
        assertThat(standardisation.means()).containsExactly(7, 3);
        assertThat(standardisation.deviations()).containsExactly(0, 2);
        assertThat(standardisation.apply(TRAINING).inputs()).containsExactly(-1, 10, 0, 0, 20, 0, 1, 30, 0);
    }

    /** Mean 4; squares of 9, 1, 1, 9, so that the deviation of a sample is sqrt(20 / 3). */
    @Test
    void oneMeanAndDeviationForAllColumns() {
        Records records = Records.wrap(new double[] {1, 3, 5, 7}, 2, new double[2], 1);
        Standardisation standardisation = Standardisation.fitJointly(records);
        double deviation = Math.sqrt(20 / 3.0);
        assertThat(standardisation.means()).containsExactly(4, 4);
        assertThat(standardisation.deviations()).containsExactly(deviation, deviation);
        assertThat(standardisation.apply(records).inputs())
                .containsExactly(-3 / deviation, -1 / deviation, 1 / deviation, 3 / deviation);
    }

    @Test
    void aConstantJointly() {
        Standardisation standardisation =
                Standardisation.fitJointly(Records.wrap(new double[] {0.1, 0.1, 0.1, 0.1}, 2, new double[2], 1));
        assertThat(standardisation.means()).containsExactly(0.1, 0.1);
        assertThat(standardisation.deviations()).containsExactly(0, 0);
    }

    /** More records than are read at a time. */
    @Test
    void aViewHasTheValuesOfTheCopy() {
        Random random = new Random(5);
        Records records = Records.wrap(
                random.doubles(3 * 200).toArray(), 3, random.doubles(200).toArray(), 1);
        for (Standardisation standardisation : new Standardisation[] {
            Standardisation.fit(records), Standardisation.fit(records, 2, 0), Standardisation.fitJointly(records)
        }) {
            Records expected = standardisation.apply(records);
            RecordStore view = standardisation.view(records);
            double[] inputs = new double[3 * 200];
            double[] targets = new double[200];
            view.copy(0, 1, inputs, targets, 0);
            view.copy(1, 200, inputs, targets, 1);
            assertThat(inputs).containsExactly(expected.inputs());
            assertThat(targets).containsExactly(expected.targets());
        }
    }

    @Test
    void viewsOfOtherRecords() {
        Standardisation standardisation = Standardisation.fit(TRAINING);
        refuses(
                () -> standardisation.view(Records.wrap(new double[2], 2, new double[1], 1)),
                "records have 2 inputs each; expected 3");
        Standardisation fine = Standardisation.fit(Records.wrap(new double[] {0, 0x1p-400}, 1, new double[2], 1));
        refuses(
                () -> fine.view(Records.wrap(new double[] {1, 0x1p1000}, 1, new double[2], 1)),
                "input 0 of record 1 is Infinity; expected a finite number");
    }

    @Test
    void otherRecordsByTheFittedNumbers() {
        Records test = Records.wrap(new double[] {9, 5, 8}, 3, new double[] {4}, 1);
        Records standardised = Standardisation.fit(TRAINING).apply(test);
        assertThat(standardised.inputs()).containsExactly(3, -1.5, 1);
        assertThat(standardised.targets()).containsExactly(4);
    }

    @Test
    void appliesToACopy() {
        Records standardised = Standardisation.fit(TRAINING).apply(TRAINING);
        standardised.targets()[0] = 99;
        assertThat(TRAINING.inputs()).containsExactly(1, 10, 7, 3, 20, 7, 5, 30, 7);
        assertThat(TRAINING.targets()).containsExactly(1, 2, 3);
    }

    @Test
    void oneInputInPlace() {
        double[] input = {9, 5, 8};
        Standardisation.fit(TRAINING, 0, 1).apply(input);
        assertThat(input).containsExactly(3, -1.5, 8);
    }

    @Test
    void neitherColumnsNorNumbersAreShared() {
        int[] columns = {0};
        Standardisation standardisation = Standardisation.fit(TRAINING, columns);
        columns[0] = 1;
        standardisation.means()[0] = 99;
        standardisation.deviations()[0] = 99;
        assertThat(standardisation.apply(TRAINING).inputs()).startsWith(-1, 10, 7);
    }

    /** Ten times 0.1 is not 1 in binary, and the deviation of its mean would be divided by. */
    @Test
    void aConstantColumnBecomesZeroWhateverItsRounding() {
        double[] tenths = new double[10];
        Arrays.fill(tenths, 0.1);
        Records records = Records.wrap(tenths, 1, new double[10], 1);
        Standardisation standardisation = Standardisation.fit(records);
        assertThat(standardisation.means()).containsExactly(0.1);
        assertThat(standardisation.deviations()).containsExactly(0);
        assertThat(standardisation.apply(records).inputs()).containsOnly(0);
    }

    @Test
    void oneRecordBecomesZero() {
        Records one = Records.wrap(new double[] {5}, 1, new double[1], 1);
        assertThat(Standardisation.fit(one).apply(one).inputs()).containsExactly(0);
    }

    @Test
    void aDeviationThatUnderflowsDividesByNothing() {
        Records records = Records.wrap(new double[] {1e-200, -1e-200}, 1, new double[2], 1);
        assertThat(Standardisation.fit(records).apply(records).inputs()).containsExactly(1e-200, -1e-200);
    }

    @Test
    void aFarAwayMeanCostsNoAccuracy() {
        Records records = Records.wrap(new double[] {1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 6}, 1, new double[4], 1);
        Standardisation standardisation = Standardisation.fit(records);
        assertThat(standardisation.means()).containsExactly(1e9 + 3);
        assertThat(standardisation.deviations()).containsExactly(new double[] {Math.sqrt(14.0 / 3)}, within(1e-15));
    }

    @Test
    void badColumns() {
        refuses(() -> Standardisation.fit(TRAINING, 3), "column is 3; expected 0 to 2, the last input");
        refuses(() -> Standardisation.fit(TRAINING, 0, -1), "column is -1; expected 0 to 2, the last input");
        refuses(() -> Standardisation.fit(TRAINING, 1, 0, 1), "column 1 is named twice");
        refuses(() -> Standardisation.fit(TRAINING, new int[0]), "the number of columns is 0; expected at least 1");
    }

    @Test
    void valuesTooLarge() {
        Records records = Records.wrap(new double[] {0, 1e200, 0, -1e200}, 2, new double[2], 1);
        refuses(
                () -> Standardisation.fit(records),
                "the standard deviation of input 1 is Infinity; expected a finite number");
    }

    @Test
    void anotherWidth() {
        Standardisation standardisation = Standardisation.fit(TRAINING, 0);
        Records narrow = Records.wrap(new double[2], 2, new double[1], 1);
        refuses(() -> standardisation.apply(narrow), "records have 2 inputs each; expected 3");
        double[] wide = {1, 2, 3, 4};
        refuses(() -> standardisation.apply(wide), "input has 4 values; expected 3");
        assertThat(wide).containsExactly(1, 2, 3, 4);
    }
}
