package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.chainrule.runtime.training.Training.End;
import org.junit.jupiter.api.Test;

/** Validation and early stopping, on the way to 4: the parameter is 0, 2, 3, 3.5, 3.75, ... */
class EarlyStoppingTest {
    private static final Records TRAINING = Scaling.towards(4);

    private final Scaling network = new Scaling(0.0);

    /** Validation on a target of 3: losses of 1/2, 0, 1/8, 9/32, ... */
    private static Trainer.Builder trainer() {
        return validatedOn(3);
    }

    private static Trainer.Builder validatedOn(double... targets) {
        return Trainer.builder()
                .optimizer(Optimizers.gradientDescent(0.5))
                .epochs(10)
                .validation(Scaling.towards(targets));
    }

    @Test
    void validationLossIsOfTheParametersAfterTheEpoch() {
        History history = trainer().build().train(network, TRAINING);
        assertThat(history.validationLoss(0)).isEqualTo(0.5);
        assertThat(history.validationLoss(1)).isEqualTo(0);
        assertThat(history.validationLoss(2)).isEqualTo(0.125);
        assertThat(history.loss(2)).isEqualTo(0.5);
    }

    @Test
    void validationAloneStopsAndRestoresNothing() {
        History history = trainer().build().train(network, TRAINING);
        assertThat(history.epochs()).isEqualTo(10);
        assertThat(network.parameters()).containsExactly(4 - 0x1p-8);
    }

    @Test
    void validationLossIsAMeanOrASumAsTheLossIs() {
        assertThat(validatedOn(3, 0).build().train(new Scaling(0.0), TRAINING).validationLoss(0))
                .isEqualTo(1.25);
        assertThat(validatedOn(3, 0)
                        .summed()
                        .build()
                        .train(new Scaling(0.0), TRAINING)
                        .validationLoss(0))
                .isEqualTo(2.5);
    }

    @Test
    void noValidationLossWithoutRecords() {
        assertThat(Trainer.builder().build().train(network, TRAINING).validationLoss(0))
                .isNaN();
    }

    @Test
    void endsAfterPatienceAndRestoresTheBest() {
        Training training = trainer().earlyStopping(2, 0).build().on(network, TRAINING);
        assertThat(training.run().epochs()).isEqualTo(4);
        assertThat(network.parameters()).containsExactly(3);
        assertThat(training.end()).isEqualTo(End.EARLY_STOPPING);
    }

    @Test
    void aLossThatStaysDoesNotCount() {
        Scaling there = new Scaling(4);
        History history = validatedOn(4).earlyStopping(3, 0).build().train(there, TRAINING);
        assertThat(history.epochs()).isEqualTo(4);
    }

    @Test
    void patienceBeginsAnewWithEveryFall() {
        assertThat(validatedOn(4)
                        .earlyStopping(1, 0)
                        .build()
                        .train(network, TRAINING)
                        .epochs())
                .isEqualTo(10);
    }

    /** Losses of 2, 1/2, 1/8, 1/32: the third falls by 3/8 only. */
    @Test
    void smallGainsDoNotCountButTheBestIsTheBest() {
        History history = validatedOn(4).earlyStopping(1, 0.4).build().train(network, TRAINING);
        assertThat(history.epochs()).isEqualTo(3);
        assertThat(network.parameters()).containsExactly(3.5);
    }

    /** Losses of 2, 1/2, 1/8, 1/32: the fourth is 15/32 below the second. */
    @Test
    void smallGainsAddUp() {
        assertThat(validatedOn(4)
                        .earlyStopping(2, 0.4)
                        .build()
                        .train(network, TRAINING)
                        .epochs())
                .isEqualTo(6);
    }

    @Test
    void aGainMustBeGreaterThanTheLeast() {
        assertThat(validatedOn(4)
                        .earlyStopping(1, 1.5)
                        .build()
                        .train(network, TRAINING)
                        .epochs())
                .isEqualTo(2);
    }

    /** A target of 2.5 between the parameters 2 and 3. */
    @Test
    void theFirstOfEqualLossesIsTheBest() {
        validatedOn(2.5).earlyStopping(1, 0).build().train(network, TRAINING);
        assertThat(network.parameters()).containsExactly(2);
    }

    @Test
    void restoresTheBestAfterAllEpochs() {
        Training training = trainer().earlyStopping(100, 0).build().on(network, TRAINING);
        assertThat(training.run().epochs()).isEqualTo(10);
        assertThat(network.parameters()).containsExactly(3);
        assertThat(training.end()).isEqualTo(End.ALL_EPOCHS);
    }

    @Test
    void restoresTheBestAfterAStop() {
        Trainer trainer = trainer()
                .earlyStopping(100, 0)
                .listener(training -> {
                    if (training.history().epochs() == 5) {
                        training.stop();
                    }
                })
                .build();
        trainer.train(network, TRAINING);
        assertThat(network.parameters()).containsExactly(3);
    }

    @Test
    void stoppedBeforeTheFirstEpochThereIsNoBest() {
        Training training = trainer().earlyStopping(1, 0).build().on(network, TRAINING);
        network.parameters()[0] = 7;
        training.stop();
        training.run();
        assertThat(network.parameters()).containsExactly(7);
    }

    @Test
    void needsValidationRecords() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.builder().earlyStopping(1, 0).build())
                .withMessage("early stopping needs validation records; give validation(records)");
    }

    /** The output is the parameter, 2, 3, 3.5, 3.75, ... and the metric is -1, 0, -0.25, ..., best at 3. */
    private static Trainer.Builder measured(double sign) {
        return trainer().metric("measure", metrics -> -sign * Math.pow(metrics.meanAbsoluteError(), 2));
    }

    @Test
    void endsByAMetricWhoseGreatestIsBest() {
        Training training = measured(1)
                .earlyStopping(2, 0, "measure", Best.GREATEST)
                .build()
                .on(network, TRAINING);
        History history = training.run();
        assertThat(history.epochs()).isEqualTo(4);
        assertThat(network.parameters()).containsExactly(3);
        assertThat(training.end()).isEqualTo(End.EARLY_STOPPING);
        assertThat(history.metric("measure", 0)).isEqualTo(-1);
        assertThat(history.metric("measure", 1)).isZero();
        assertThat(history.metric("measure", 3)).isEqualTo(-0.5625);
    }

    @Test
    void endsByAMetricWhoseLeastIsBest() {
        measured(-1).earlyStopping(2, 0, "measure", Best.LEAST).build().train(network, TRAINING);
        assertThat(network.parameters()).containsExactly(3);
    }

    /** Gains of 1, and of less from then on. */
    @Test
    void smallGainsOfAMetricDoNotCount() {
        History history = trainer()
                .metric("output", metrics -> 3 + metrics.meanSquaredError())
                .earlyStopping(1, 0.5, "output", Best.LEAST)
                .build()
                .train(network, TRAINING);
        assertThat(history.epochs()).isEqualTo(3);
    }

    @Test
    void aMetricThatIsNoNumberDoesNotCount() {
        History history = trainer()
                .metric("none", metrics -> Double.NaN)
                .earlyStopping(3, 0, "none", Best.GREATEST)
                .build()
                .train(network, TRAINING);
        assertThat(history.epochs()).isEqualTo(3);
        assertThat(network.parameters()).containsExactly(3.5);
    }

    @Test
    void theLastMeasureCounts() {
        measured(1)
                .earlyStopping(1, 0, "measure", Best.LEAST)
                .earlyStopping(2, 0)
                .build()
                .train(network, TRAINING);
        assertThat(network.parameters()).containsExactly(3);
    }

    @Test
    void metricsAreOfTheValidationRecordsAlsoWithoutEarlyStopping() {
        History history = validatedOn(1, 0)
                .metric("accuracy", Metrics::accuracy)
                .metric("error", Metrics::meanAbsoluteError)
                .epochs(2)
                .build()
                .train(network, TRAINING);
        assertThat(history.metrics()).containsExactly("accuracy", "error");
        assertThat(history.metric("accuracy", 1)).isEqualTo(0.5);
        assertThat(history.metric("error", 1)).isEqualTo(2.5);
    }

    @Test
    void whatAMetricThrowsEndsTheTraining() {
        Trainer trainer =
                validatedOn(1, 0.5).metric("accuracy", Metrics::accuracy).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.train(network, TRAINING))
                .withMessage("the target of record 1 is 0.5; expected a class, 0 or 1");
    }

    @Test
    void metricsThatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Trainer.builder().metric("accuracy", Metrics::accuracy).build())
                .withMessage("metrics need validation records; give validation(records)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measured(1)
                        .earlyStopping(1, 0, "accuracy", Best.GREATEST)
                        .build())
                .withMessage(
                        "early stopping is by \"accuracy\", which is none of the metrics; give metric(name, function)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measured(1).metric("measure", Metrics::accuracy))
                .withMessage("there is a metric \"measure\" already; expected another name");
        for (String name : new String[] {"", " ", "a,b", "a\nb", "\""}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Trainer.builder().metric(name, Metrics::accuracy))
                    .withMessage("the name of a metric is \"" + name
                            + "\"; expected one without commas, quotes and line breaks");
        }
    }
}
