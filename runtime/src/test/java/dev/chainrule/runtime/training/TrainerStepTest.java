package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.runtime.ParameterLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a step is, by a network whose steps are exact in binary: rates and targets are sums of few powers of two. */
class TrainerStepTest {
    /** Half of the way to the mean, or to the sum, of the targets. */
    private static final Optimizer HALF = Optimizers.gradientDescent(0.5);

    private final Scaling network = new Scaling(0.0);

    private static Trainer.Builder trainer() {
        return Trainer.builder().optimizer(HALF).epochs(1);
    }

    @Test
    void byDefaultHundredStepsOfOneTenthToTheMean() {
        Trainer.builder().build().train(network, Scaling.towards(1, 3));
        assertThat(network.parameters()[0]).isCloseTo(2 - 2 * Math.pow(0.9, 100), within(1e-14));
    }

    @Test
    void fullBatchIsOneStepAnEpoch() {
        History history = trainer().epochs(3).build().train(network, Scaling.towards(1, 3));
        assertThat(network.parameters()).containsExactly(1.75); // 0, 1, 1.5, 1.75
        assertThat(history.step(2)).isEqualTo(3);
    }

    @Test
    void summedFullBatch() {
        History history = trainer().summed().build().train(network, Scaling.towards(1, 4));
        assertThat(network.parameters()).containsExactly(2.5);
        assertThat(history.loss(0)).isEqualTo(0.5 + 8);
    }

    @Test
    void averagedLoss() {
        History history = trainer().summed().averaged().build().train(network, Scaling.towards(1, 4));
        assertThat(network.parameters()).containsExactly(1.25);
        assertThat(history.loss(0)).isEqualTo((0.5 + 8) / 2);
    }

    @Test
    void smallerLastBatchIsAveragedOverItsOwnSize() {
        History history = trainer().batchSize(2).build().train(network, Scaling.towards(2, 4, 8));
        assertThat(network.parameters()).containsExactly(4.75); // 0, 1.5, 1.5 + 6.5 / 2
        assertThat(history.step(0)).isEqualTo(2);
        assertThat(history.loss(0)).isEqualTo((2 + 8 + 6.5 * 6.5 / 2) / 3);
    }

    @Test
    void summedBatches() {
        trainer().batchSize(2).summed().build().train(network, Scaling.towards(2, 4, 8));
        assertThat(network.parameters()).containsExactly(5.5); // 0, 3, 3 + 5 / 2
    }

    @Test
    void oneRecordAtATime() {
        History history = trainer().batchSize(1).build().train(network, Scaling.towards(2, 4, 8));
        assertThat(network.parameters()).containsExactly(5.25); // 0, 1, 2.5, 5.25
        assertThat(history.step(0)).isEqualTo(3);
    }

    @Test
    void batchOfMoreRecordsThanThereAre() {
        trainer().batchSize(1_000).build().train(network, Scaling.towards(1, 3));
        assertThat(network.parameters()).containsExactly(1.0);
    }

    @Test
    void lastCallOfTheBuilderCounts() {
        trainer().batchSize(1).fullBatch().build().train(network, Scaling.towards(1, 3));
        assertThat(network.parameters()).containsExactly(1.0);
    }

    @Test
    void builderGoesOnWithoutChangingTheTrainer() {
        List<String> told = new ArrayList<>();
        Trainer.Builder builder = trainer().listener(training -> told.add("first"));
        Trainer trainer = builder.build();
        builder.summed().epochs(7).listener(training -> told.add("second"));
        trainer.train(network, Scaling.towards(1, 3));
        assertThat(network.parameters()).containsExactly(1.0);
        assertThat(told).containsExactly("first");
    }

    @Test
    void scheduleIsAskedOnceAStepFromOneOn() {
        List<String> asked = new ArrayList<>();
        Schedule schedule = (rate, step) -> {
            asked.add(rate + " at " + step);
            return step == 2 ? 0.25 : rate;
        };
        History history =
                trainer().schedule(schedule).batchSize(1).epochs(2).build().train(network, Scaling.towards(4, 2));
        assertThat(asked).containsExactly("0.5 at 1", "0.5 at 2", "0.5 at 3", "0.5 at 4");
        assertThat(network.parameters()).containsExactly(2.5); // 0, 2, 2, 3, 2.5
        assertThat(history.rate(0)).isEqualTo(0.25);
        assertThat(history.rate(1)).isEqualTo(0.5);
    }

    @Test
    void scheduleByEpoch() {
        List<String> asked = new ArrayList<>();
        Schedule schedule = (rate, epoch) -> {
            asked.add(rate + " at " + epoch);
            return rate / epoch;
        };
        History history = trainer()
                .scheduleByEpoch(schedule)
                .batchSize(1)
                .epochs(2)
                .build()
                .train(network, Scaling.towards(4, 2));
        assertThat(asked).containsExactly("0.5 at 1", "0.5 at 1", "0.5 at 2", "0.5 at 2");
        assertThat(network.parameters()).containsExactly(2.375); // 0, 2, 2, 2.5, 2.375
        assertThat(history.rate(0)).isEqualTo(0.5);
        assertThat(history.rate(1)).isEqualTo(0.25);
    }

    @Test
    void theLastScheduleCounts() {
        Schedule schedule = (rate, moment) -> moment == 3 ? 0 : rate;
        trainer()
                .scheduleByEpoch(schedule)
                .schedule(schedule)
                .batchSize(1)
                .build()
                .train(network, Scaling.towards(4, 2, 8));
        assertThat(network.parameters()).containsExactly(2);
    }

    @Test
    void l1PullsEveryParameterByTheSame() {
        Scaling three = new Scaling(2, -4, 0);
        trainer().l1(0.25).build().train(three, Scaling.towardsOne(2, -4, 0));
        assertThat(three.parameters()).containsExactly(1.875, -3.875, 0);
    }

    @Test
    void l2PullsEveryParameterByItself() {
        Scaling three = new Scaling(2, -4, 0);
        trainer().l2(0.25).build().train(three, Scaling.towardsOne(2, -4, 0));
        assertThat(three.parameters()).containsExactly(1.75, -3.5, 0);
    }

    /** A gradient of 0, as the output is the target, so that penalties alone move the parameters. */
    @Test
    void penaltiesSpareBiases() {
        ParameterLayout layout = ParameterLayout.of(1, new int[] {2, 1}, new boolean[] {true, false});
        double[] target = new double[1];
        TanhNetwork bent = new TanhNetwork(layout, 1, -2, 0.5, 4, 8, -8);
        bent.forward(new double[] {1}, target);
        Records there = Records.wrap(new double[] {1}, 1, target, 1);
        trainer().l1(0.5).l2(0.25).sparingBiases().build().train(bent, there);
        assertThat(bent.parameters()).containsExactly(0.625, -1.5, 0.5, 4, 6.75, -6.75);
        TanhNetwork all = new TanhNetwork(layout, 1, -2, 0.5, 4, 8, -8);
        trainer().l2(0.25).build().train(all, there);
        assertThat(all.parameters()).containsExactly(0.875, -1.75, 0.4375, 3.5, 7, -7);
    }

    @Test
    void sparingBiasesNeedsALayout() {
        assertThatThrownBy(() -> trainer().sparingBiases().build().on(network, Scaling.towards(1)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("does not describe itself");
    }

    @Test
    void penaltiesAddUpAndDoNotDependOnTheNumberOfRecords() {
        Scaling one = new Scaling(2);
        trainer().l1(1).l2(0.25).build().train(one, Scaling.towards(2, 2, 2, 2));
        assertThat(one.parameters()).containsExactly(1.25);
    }

    @Test
    void penaltiesAreNotInTheLoss() {
        assertThat(trainer()
                        .l1(1)
                        .l2(1)
                        .build()
                        .train(new Scaling(2), Scaling.towards(4))
                        .loss(0))
                .isEqualTo(2);
    }

    @Test
    void clipByValue() {
        Scaling three = new Scaling(0, 0, 0);
        History history = trainer().clipValue(1).build().train(three, Scaling.towardsOne(4, -3, 0.5));
        assertThat(three.parameters()).containsExactly(0.5, -0.5, 0.25);
        assertThat(history.gradientNorm(0)).isEqualTo(Math.sqrt(16 + 9 + 0.25));
    }

    @Test
    void clipByNorm() {
        Scaling two = new Scaling(0, 0);
        History history = trainer().clipNorm(2.5).build().train(two, Scaling.towardsOne(3, -4));
        assertThat(two.parameters()).containsExactly(0.75, -1);
        assertThat(history.gradientNorm(0)).isEqualTo(5);
    }

    @Test
    void normWithinTheLimitIsLeft() {
        Scaling two = new Scaling(0, 0);
        trainer().clipNorm(5).build().train(two, Scaling.towardsOne(3, -4));
        assertThat(two.parameters()).containsExactly(1.5, -2);
    }

    @Test
    void clipsByValueThenByNormThenAddsPenalties() {
        Scaling two = new Scaling(0, 4);
        trainer().clipNorm(2.5).clipValue(4).l2(0.5).build().train(two, Scaling.towardsOne(3, 12));
        assertThat(two.parameters()).containsExactly(0.75, 4); // gradient -3, -8; -3, -4; -1.5, -2; -1.5, 0
    }

    @Test
    void clipsTheMeanNotTheSum() {
        trainer().clipValue(4).build().train(network, Scaling.towards(2, 4));
        assertThat(network.parameters()).containsExactly(1.5);
    }

    @Test
    void gradientNormIsOfTheLastStepOfAnEpoch() {
        History history = trainer().batchSize(1).clipNorm(1).build().train(network, Scaling.towards(8, 4));
        assertThat(history.gradientNorm(0)).isEqualTo(3.5); // 0, 0.5
    }

    @Test
    void trainingTwiceGivesTheSameBits() {
        Trainer trainer = Trainer.builder()
                .optimizer(Optimizers.adam(0.1))
                .schedule(Schedules.exponential(0.9))
                .batchSize(2)
                .shuffled(7)
                .epochs(5)
                .build();
        Scaling second = new Scaling(0.0);
        trainer.train(network, Scaling.towards(1, 2, 3, 4, 5));
        trainer.train(second, Scaling.towards(1, 2, 3, 4, 5));
        assertThat(second.parameters()).containsExactly(network.parameters());
    }

    @Test
    void trainingGoesOnFromPresentParameters() {
        Trainer trainer = trainer().build();
        trainer.train(network, Scaling.towards(4));
        trainer.train(network, Scaling.towards(4));
        assertThat(network.parameters()).containsExactly(3);
    }
}
