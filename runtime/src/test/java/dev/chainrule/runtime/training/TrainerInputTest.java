package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TargetKind;
import dev.chainrule.runtime.TargetSlice;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad settings, and records that do not fit: refused with what and where, and nothing changed. */
class TrainerInputTest {
    private static final List<DoubleFunction<Optimizer>> OPTIMIZERS = List.of(
            Optimizers::gradientDescent,
            rate -> Optimizers.momentum(rate, 0.9),
            rate -> Optimizers.nesterov(rate, 0.9),
            Optimizers::adaGrad,
            Optimizers::adaDelta,
            Optimizers::rmsProp,
            Optimizers::adam,
            Optimizers::amsGrad,
            Optimizers::adamW,
            Optimizers::nAdam,
            Optimizers::rprop);

    private final Trainer.Builder builder = Trainer.builder();

    private static void refuses(Runnable setting, String message) {
        assertThatIllegalArgumentException().isThrownBy(setting::run).withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void learningRate(double rate) {
        for (DoubleFunction<Optimizer> optimizer : OPTIMIZERS) {
            refuses(() -> optimizer.apply(rate), "learningRate is " + rate + "; expected a positive, finite number");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, -0.1, Double.NaN})
    void betas(double beta) {
        String is = " is " + beta + "; expected at least 0 and less than 1";
        refuses(() -> Optimizers.adam(0.1, beta, 0.5, 0), "beta1" + is);
        refuses(() -> Optimizers.adam(0.1, 0.5, beta, 0), "beta2" + is);
        refuses(() -> Optimizers.amsGrad(0.1, beta, 0.5, 0), "beta1" + is);
        refuses(() -> Optimizers.amsGrad(0.1, 0.5, beta, 0), "beta2" + is);
        refuses(() -> Optimizers.adamW(0.1, beta, 0.5, 0, 0), "beta1" + is);
        refuses(() -> Optimizers.adamW(0.1, 0.5, beta, 0, 0), "beta2" + is);
        refuses(() -> Optimizers.nAdam(0.1, beta, 0.5, 0, 0), "beta1" + is);
        refuses(() -> Optimizers.nAdam(0.1, 0.5, beta, 0, 0), "beta2" + is);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void counts(int count) {
        refuses(() -> builder.batchSize(count), "the batch size is " + count + "; expected at least 1");
        refuses(() -> builder.epochs(count), "the number of epochs is " + count + "; expected at least 1");
        refuses(
                () -> builder.threads(count, Scaling::new),
                "the number of threads is " + count + "; expected at least 1");
        refuses(() -> builder.earlyStopping(count, 0), "patience is " + count + "; expected at least 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void penaltiesAndGains(double value) {
        String is = " is " + value + "; expected 0 or a positive, finite number";
        refuses(() -> builder.l1(value), "l1" + is);
        refuses(() -> builder.l2(value), "l2" + is);
        refuses(() -> builder.earlyStopping(1, value), "minimumGain" + is);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void limits(double value) {
        String is = " is " + value + "; expected a positive, finite number";
        refuses(() -> builder.clipValue(value), "clipValue" + is);
        refuses(() -> builder.clipNorm(value), "clipNorm" + is);
    }

    @Test
    void aRefusedSettingChangesNothing() {
        builder.batchSize(1).optimizer(Optimizers.gradientDescent(0.5)).epochs(1);
        refuses(() -> builder.batchSize(0), "the batch size is 0; expected at least 1");
        refuses(() -> builder.epochs(0), "the number of epochs is 0; expected at least 1");
        Scaling network = new Scaling(0.0);
        builder.build().train(network, Scaling.towards(2, 4, 8));
        assertThat(network.parameters()).containsExactly(5.25);
    }

    @Test
    void nulls() {
        assertThatNullPointerException()
                .isThrownBy(() -> builder.gradient(null))
                .withMessage("method");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.optimizer(null))
                .withMessage("optimizer");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.schedule(null))
                .withMessage("schedule");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.validation(null))
                .withMessage("records");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.listener(null))
                .withMessage("listener");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.threads(1, null))
                .withMessage("instances");
    }

    /** One record of so many inputs and targets. */
    private static Records oneRecord(int inputs, int targets) {
        return Records.wrap(new double[inputs], inputs, new double[targets], targets);
    }

    @Test
    void recordsOfAnotherWidth() {
        Scaling network = new Scaling(1, 2);
        Trainer trainer = builder.build();
        refuses(() -> trainer.train(network, oneRecord(3, 2)), "records have 3 inputs each; the network has 2");
        refuses(
                () -> trainer.train(network, oneRecord(2, 1)),
                "records have 1 targets each; the network has 2 outputs");
        assertThat(network.parameters()).containsExactly(1, 2);
    }

    @Test
    void validationRecordsOfAnotherWidth() {
        Scaling network = new Scaling(1, 2);
        refuses(
                () -> builder.validation(oneRecord(1, 2)).build().train(network, oneRecord(2, 2)),
                "validation records have 1 inputs each; the network has 2");
        refuses(
                () -> builder.validation(oneRecord(2, 3)).build().train(network, oneRecord(2, 2)),
                "validation records have 3 targets each; the network has 2 outputs");
        assertThat(network.parameters()).containsExactly(1, 2);
    }

    private static Scaling withTargets(TargetKind kind) {
        return new Scaling(1, 2) {
            @Override
            public NetworkDescription description() {
                return described(2, kind);
            }
        };
    }

    /** Two records, the first of them right for all losses. */
    private static Records twoRecords(double target0, double target1) {
        return Records.wrap(new double[4], 2, new double[] {0.25, 0.75, target0, target1}, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "PROBABILITIES, 1.5, 0, 'target 0 of record 1 in the records is 1.5; this network''s loss needs targets in [0, 1]'",
        "PROBABILITIES, 0, -1, 'target 1 of record 1 in the records is -1.0; this network''s loss needs targets in [0, 1]'",
        "DISTRIBUTION, -1, 2, 'target 0 of record 1 in the records is -1.0; this network''s loss needs targets in [0, 1]'"
    })
    void targetsOutOfRange(TargetKind kind, double target0, double target1, String message) {
        Scaling network = withTargets(kind);
        refuses(() -> builder.build().train(network, twoRecords(target0, target1)), message);
        refuses(
                () -> builder.validation(twoRecords(target0, target1)).build().train(network, twoRecords(1, 0)),
                message.replace("in the records", "in the validation records"));
        assertThat(network.parameters()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @CsvSource({"0.25, 0.5, 0.75", "1, 1, 2.0", "0, 0, 0.0", "0.3333333, 0.6666664, 0.9999997"})
    void targetsThatDoNotSumTo1(double target0, double target1, String sum) {
        targetsOutOfRange(
                TargetKind.DISTRIBUTION,
                target0,
                target1,
                "the targets of record 1 in the records sum to " + sum + "; this network's loss needs a sum of 1. "
                        + "Divide them by their sum, or encode classes by OneHot");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 1000})
    void targetsThatSumTo1ButForRounding(int count) {
        float[] floats = new float[count];
        double[] doubles = new double[count];
        Arrays.fill(floats, 1f / count);
        Arrays.fill(doubles, 1.0 / count);
        double[] smoothed = OneHot.smoothed(0.1).encode(new int[] {1}, count);
        for (Rows targets : List.of(Rows.of(floats, count), Rows.of(doubles, count), Rows.of(smoothed, count))) {
            RecordStore records = RecordStore.of(Rows.of(new double[count], count), targets);
            assertThatCode(() -> Visits.checkTargets("records", distribution(records), records))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void targetsThatChangedToNan() {
        Records records = twoRecords(1, 0);
        records.targets()[2] = Double.NaN;
        refuses(
                () -> builder.build().train(withTargets(TargetKind.PROBABILITIES), records),
                "target 0 of record 1 in the records is NaN; this network's loss needs targets in [0, 1]");
    }

    @ParameterizedTest
    @CsvSource({
        "ANY, -3, 7",
        "PROBABILITIES, 1, 1",
        "PROBABILITIES, 0, 0.3",
        "DISTRIBUTION, 0.3, 0.7",
        "DISTRIBUTION, 0.3333333, 0.6666667",
        "DISTRIBUTION, 0, 1"
    })
    void targetsInRange(TargetKind kind, double target0, double target1) {
        assertThat(builder.epochs(1)
                        .build()
                        .train(withTargets(kind), twoRecords(target0, target1))
                        .epochs())
                .isEqualTo(1);
    }

    private static List<TargetSlice> distribution(RecordStore records) {
        return List.of(new TargetSlice(TargetKind.DISTRIBUTION, 0, records.targetWidth()));
    }
}
