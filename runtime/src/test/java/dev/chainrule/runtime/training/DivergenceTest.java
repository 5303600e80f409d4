package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not finite ends a training, and the network is as it was before that step. */
class DivergenceTest {
    private static Trainer.Builder trainer(double rate) {
        return Trainer.builder().optimizer(Optimizers.gradientDescent(rate)).epochs(1_000);
    }

    private static DivergenceException divergence(Training training) {
        DivergenceException divergence = catchThrowableOfType(DivergenceException.class, training::run);
        assertThat(divergence).isNotNull();
        assertThat(training.end()).isNull();
        return divergence;
    }

    /** The second parameter overflows first; the first one would have changed in this step as well. */
    @Test
    void namesTheParameterThatWouldOverflow() {
        Scaling network = new Scaling(2, 1);
        Records records = Records.wrap(new double[] {1, 4}, 2, new double[] {1, 0}, 2);
        Training training = trainer(1e308).build().on(network, records);
        DivergenceException divergence = divergence(training);
        assertThat(divergence)
                .hasMessage("Training diverged at epoch 0, step 1, parameter parameters[1]: it would become -Infinity."
                        + " Try a smaller learning rate, or gradient clipping.");
        assertThat(divergence.epoch()).isZero();
        assertThat(divergence.step()).isEqualTo(1);
        assertThat(divergence.parameter()).isEqualTo("parameters[1]");
        assertThat(network.parameters()).containsExactly(2, 1);
    }

    /** Two threads change a half of the parameters each; those of both are as they were. */
    @Test
    void namesTheParameterThatWouldOverflowInAnotherThread() {
        int width = 20_000;
        double[] parameters = new double[width];
        Arrays.fill(parameters, 1);
        double[] before = parameters.clone();
        byte[] inputs = new byte[64 * width];
        Arrays.fill(inputs, (byte) 1);
        inputs[15_000] = 127;
        RecordStore records = RecordStore.of(Rows.of(inputs, width), Rows.of(new byte[64 * width], width));
        DivergenceException divergence =
                divergence(trainer(1e308).threads(2, Scaling::new).build().on(new Scaling(parameters), records));
        assertThat(divergence.parameter()).isEqualTo("parameters[15000]");
        assertThat(parameters).containsExactly(before);
    }

    /** Every step goes beyond the targets, twice as far away: the parameter is (-2)^step, until its square overflows. */
    @Test
    void infiniteLossLeavesTheParametersBeforeTheStep() {
        Scaling network = new Scaling(1);
        Training training = trainer(3).batchSize(1).build().on(network, Scaling.towards(0, 0, 0));
        DivergenceException divergence = divergence(training);
        assertThat(divergence.step()).isEqualTo(513); // after 512 steps, whose square would be 2^1024
        assertThat(divergence.epoch()).isEqualTo(170);
        assertThat(divergence)
                .hasMessageContaining("epoch 170, step 513, parameter parameters[0]: the loss is Infinity.");
        assertThat(network.parameters()).containsExactly(Math.pow(-2, 512));
        assertThat(training.history().epochs()).isEqualTo(170);
    }

    @Test
    void infiniteLossNamesTheGreatestParameterWhereAllIsFinite() {
        Scaling network = new Scaling(1, -1e160, 2);
        assertThat(divergence(trainer(1).build().on(network, Scaling.towardsOne(0, 0, 0)))
                        .parameter())
                .isEqualTo("parameters[1]");
        assertThat(network.parameters()).containsExactly(1, -1e160, 2);
    }

    @ParameterizedTest
    @CsvSource({"1e200, 1, parameters[0]", "1, 1e200, parameters[1]"})
    void infiniteLossNamesTheFirstDerivativeThatIsNot(double input0, double input1, String parameter) {
        Scaling network = new Scaling(1e200, 1e200, 3e200);
        Records records = Records.wrap(new double[] {input0, input1, 1}, 3, new double[3], 3);
        assertThat(divergence(trainer(1).build().on(network, records)).parameter())
                .isEqualTo(parameter);
    }

    @Test
    void namesTheParameterThatWasNotFiniteBefore() {
        Scaling network = new Scaling(1, 1, Double.NaN);
        Records records = Records.wrap(new double[] {1, 1e200, 1}, 3, new double[] {0, -1e300, 0}, 3);
        DivergenceException divergence = divergence(trainer(1).build().on(network, records));
        assertThat(divergence).hasMessageContaining("step 1, parameter parameters[2]: the loss is NaN.");
        assertThat(network.parameters()).containsExactly(1, 1, Double.NaN);
    }

    @Test
    void nanDerivative() {
        Scaling network = new Scaling(1, 1) {
            @Override
            public double backprop(double[] inputs, double[] targets, int from, int to, double[] gradient) {
                gradient[0] += 1;
                gradient[1] = Double.NaN;
                return 0;
            }
        };
        Training training = trainer(1).clipValue(1).clipNorm(1).build().on(network, Scaling.towardsOne(0, 0));
        assertThat(divergence(training))
                .hasMessageContaining("epoch 0, step 1, parameter parameters[1]: it would become NaN.");
        assertThat(network.parameters()).containsExactly(1, 1);
    }

    @Test
    void validationLossThatIsNotFinite() {
        Scaling network = new Scaling(0.0);
        Training training = trainer(0.5)
                .validation(Records.wrap(new double[] {1e200}, 1, new double[1], 1))
                .build()
                .on(network, Scaling.towards(4));
        assertThat(divergence(training))
                .hasMessageContaining("epoch 0, step 1, parameter parameters[0]: the validation loss is Infinity.");
        assertThat(network.parameters()).containsExactly(0);
        assertThat(training.history().epochs()).isZero();
    }

    @Test
    void aRateThatIsNotANumber() {
        Scaling network = new Scaling(3);
        Trainer trainer = trainer(1)
                .schedule((rate, step) -> step == 2 ? Double.NaN : rate)
                .build();
        DivergenceException divergence = divergence(trainer.on(network, Scaling.towards(4)));
        assertThat(divergence.epoch()).isEqualTo(1);
        assertThat(divergence.step()).isEqualTo(2);
        assertThat(network.parameters()).containsExactly(4);
    }

    /** The record that overflows is in the last block, a thread's. */
    @Test
    void onSeveralThreads() {
        double[] targets = new double[500];
        Arrays.fill(targets, 4);
        targets[499] = 1e200;
        Scaling network = new Scaling(3);
        Training training = trainer(1).threads(3, Scaling::new).build().on(network, Scaling.towards(targets));
        assertThat(divergence(training)).hasMessageContaining("step 1, parameter parameters[0]: the loss is Infinity.");
        assertThat(network.parameters()).containsExactly(3);
    }
}
