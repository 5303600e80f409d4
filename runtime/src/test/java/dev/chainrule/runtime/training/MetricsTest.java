package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TargetKind;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** By a network whose outputs are its inputs. */
class MetricsTest {
    private static Metrics oneOutput(double[] outputs, double... targets) {
        return Metrics.of(new Scaling(1), Records.wrap(outputs, 1, targets, 1));
    }

    private static Metrics threeOutputs(double[] outputs, double... targets) {
        return Metrics.of(new Scaling(1, 1, 1), Records.wrap(outputs, 3, targets, 3));
    }

    private static void refuses(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @Test
    void errorsAreMeansOverRecordsAndOutputs() {
        Metrics metrics = threeOutputs(new double[] {1, 2, 3, 4, 5, 6}, 1, 0, 4, 1, 5, 8);
        assertThat(metrics.meanSquaredError()).isEqualTo((4 + 1 + 9 + 4) / 6.0);
        assertThat(metrics.meanAbsoluteError()).isEqualTo((2 + 1 + 3 + 2) / 6.0);
    }

    /** The weights are 3, 1, 0 and 2; what the third record has is never seen. */
    @Test
    void weightedRecordsCountByTheirWeights() {
        Records records = Records.wrap(new double[] {0.5, 2, 0, 0.75}, 1, new double[] {1, 0, 1, 0}, 1);
        records.inputs()[2] = Double.NaN;
        Metrics metrics = Metrics.of(new Scaling(1), records.weighted(3, 1, 0, 2));
        assertThat(metrics.meanSquaredError()).isEqualTo((3 * 0.25 + 4 + 2 * 0.5625) / 6);
        assertThat(metrics.meanAbsoluteError()).isEqualTo((3 * 0.5 + 2 + 2 * 0.75) / 6);
        assertThat(metrics.accuracy()).isZero();

        double[] outputs = {0.7, 0.2, 0.4, 0.4, 0.1};
        Metrics one = Metrics.of(
                new Scaling(1),
                Records.wrap(outputs, 1, new double[] {1, 0, 0, 1, 1}, 1).weighted(2, 3, 0.5, 1, 4));
        // Of class 1 above 0.5 there are 2 of 7, of class 0 below it all 3.5
        assertThat(one.accuracy()).isEqualTo((2 + 3.5) / 10.5);
        // 0.7 is above both, 0.4 above 0.2 and equal to 0.4, 0.1 above none
        assertThat(one.areaUnderCurve()).isEqualTo((2 * 3.5 + 3 + 0.25) / (7 * 3.5));
        assertThat(one.confusionMatrix()).isDeepEqualTo(new int[][] {{2, 0}, {2, 1}});

        Metrics three = Metrics.of(
                new Scaling(1, 1, 1),
                Records.wrap(new double[] {1, 2, 3, 4, 5, 6}, 3, new double[] {1, 0, 4, 1, 5, 8}, 3)
                        .weighted(0.5, 2));
        assertThat(three.meanSquaredError()).isEqualTo((0.5 * (4 + 1) + 2 * (9 + 4)) / 7.5);
    }

    @Test
    void areaNeedsBothClassesAmongTheRecordsThatCount() {
        Records records = Records.wrap(new double[2], 1, new double[] {0, 1}, 1).weighted(2, 0);
        refuses(
                Metrics.of(new Scaling(1), records)::areaUnderCurve,
                "no record of a weight above 0 has the target 1; expected both 0 and 1");
    }

    @Test
    void laterChangesDoNotShow() {
        Scaling network = new Scaling(1);
        Records records = Records.wrap(new double[] {3}, 1, new double[] {1}, 1);
        Metrics metrics = Metrics.of(network, records);
        network.parameters()[0] = 7;
        records.targets()[0] = 7;
        assertThat(metrics.meanSquaredError()).isEqualTo(4);
    }

    @Test
    void oneOutputIsClassOneAboveOneHalf() {
        Metrics metrics = oneOutput(new double[] {0.5, 0.50001, 0.9, 0.1, -3}, 0, 1, 0, 1, 0);
        assertThat(metrics.accuracy()).isEqualTo(0.6);
        assertThat(metrics.confusionMatrix()).isDeepEqualTo(new int[][] {{2, 1}, {1, 1}});
    }

    @Test
    void theGreatestOfSeveralOutputsIsTheClass() {
        double[] outputs = {0.1, 0.7, 0.2, 0.5, 0.1, 0.4, 0.2, 0.3, 0.5, -3, -2, -1};
        Metrics metrics = threeOutputs(outputs, 0, 1, 0, 1, 0, 0, 0.25, 0.5, 0.25, 0, 0, 1);
        assertThat(metrics.accuracy()).isEqualTo(0.75);
        assertThat(metrics.confusionMatrix()).isDeepEqualTo(new int[][] {{1, 0, 0}, {0, 1, 1}, {0, 0, 1}});
    }

    @Test
    void theFirstOfEqualOutputsCounts() {
        Metrics metrics = threeOutputs(new double[] {0, 4, 4, 2, 2, 2}, 0, 1, 0, 1, 0, 0);
        assertThat(metrics.accuracy()).isEqualTo(1);
    }

    @Test
    void targetsThatAreNoClass() {
        Metrics half = oneOutput(new double[2], 1, 0.5);
        refuses(half::accuracy, "the target of record 1 is 0.5; expected a class, 0 or 1");
        refuses(half::confusionMatrix, "the target of record 1 is 0.5; expected a class, 0 or 1");
        refuses(half::areaUnderCurve, "the target of record 1 is 0.5; expected a class, 0 or 1");
        Metrics tie = threeOutputs(new double[6], 1, 0, 0, 0, 0.5, 0.5);
        refuses(tie::accuracy, "targets 1 and 2 of record 1 are both the greatest; expected one class");
    }

    @Test
    void outputsThatAreNan() {
        Records records = Records.wrap(new double[6], 3, new double[] {0, 1, 0, 0, 1, 0}, 3);
        records.inputs()[5] = Double.NaN;
        Metrics metrics = Metrics.of(new Scaling(1, 1, 1), records);
        refuses(metrics::accuracy, "output 2 for record 1 is NaN");
        refuses(metrics::confusionMatrix, "output 2 for record 1 is NaN");
        assertThat(metrics.meanSquaredError()).isNaN();
        refuses(
                Metrics.of(new Scaling(Double.NaN), Scaling.towards(0, 1))::areaUnderCurve,
                "output 0 for record 0 is NaN");
    }

    @Test
    void areaUnderCurve() {
        assertThat(oneOutput(new double[] {0.1, 0.4, 0.35, 0.8}, 0, 0, 1, 1).areaUnderCurve())
                .isEqualTo(0.75); // the example of scikit-learn's roc_auc_score
        assertThat(oneOutput(new double[] {1, 2, 3, 4}, 0, 0, 1, 1).areaUnderCurve())
                .isEqualTo(1);
        assertThat(oneOutput(new double[] {3, 4, 1, 2}, 0, 0, 1, 1).areaUnderCurve())
                .isZero();
    }

    @Test
    void equalOutputsCountOneHalf() {
        assertThat(oneOutput(new double[] {5, 5, 5}, 1, 0, 1).areaUnderCurve()).isEqualTo(0.5);
        assertThat(oneOutput(new double[] {1, 2, 2, 2, 3}, 0, 0, 1, 0, 1).areaUnderCurve())
                .isEqualTo((1 + 0.5 + 0.5 + 3) / 6);
        assertThat(oneOutput(new double[] {0.0, -0.0}, 1, 0).areaUnderCurve()).isEqualTo(0.5);
    }

    @Test
    void areaIsTheShareOfPairs() {
        Random random = new Random(1);
        double[] outputs = random.ints(200, 0, 30).asDoubleStream().toArray();
        double[] targets = random.ints(200, 0, 2).asDoubleStream().toArray();
        double pairs = 0;
        double right = 0;
        for (int one = 0; one < 200; one++) {
            for (int zero = 0; zero < 200; zero++) {
                if (targets[one] == 1 && targets[zero] == 0) {
                    pairs++;
                    right += (1 + Math.signum(outputs[one] - outputs[zero])) / 2;
                }
            }
        }
        assertThat(oneOutput(outputs, targets).areaUnderCurve()).isEqualTo(right / pairs);
    }

    @Test
    void areaNeedsOneOutputAndBothClasses() {
        refuses(
                threeOutputs(new double[3], 1, 0, 0)::areaUnderCurve,
                "the area under the curve needs 1 output; there are 3");
        refuses(oneOutput(new double[2], 1, 1)::areaUnderCurve, "no record has the target 0; expected both 0 and 1");
        refuses(oneOutput(new double[2], 0, 0)::areaUnderCurve, "no record has the target 1; expected both 0 and 1");
    }

    @Test
    void recordsThatDoNotFit() {
        Records records = Records.wrap(new double[2], 2, new double[] {3, 4}, 2);
        refuses(() -> Metrics.of(new Scaling(1), records), "records have 2 inputs each; the network has 1");
        Scaling probabilities = new Scaling(1, 1) {
            @Override
            public NetworkDescription description() {
                return described(2, TargetKind.PROBABILITIES);
            }
        };
        refuses(
                () -> Metrics.of(probabilities, records),
                "target 0 of record 0 in the records is 3.0; this network's loss needs targets in [0, 1]");
    }
}
