package dev.chainrule.runtime.training;

import dev.chainrule.runtime.ParameterLayout;
import java.io.IOException;
import java.nio.file.Path;

/** A small training, and its checkpoint after the first of two steps of the second epoch of three. */
final class StoppedTraining {
    static final Records RECORDS = Records.wrap(new double[] {0, 0, 0, 1, 1, 0, 1, 1}, 2, new double[] {0, 1, 1, 0}, 1);

    private StoppedTraining() {}

    static TanhNetwork network(int units) {
        TanhNetwork network = new TanhNetwork(ParameterLayout.of(2, new int[] {units, 1}, new boolean[] {true, true}));
        Initializers.glorotUniform().initialize(network, 1);
        return network;
    }

    static Trainer.Builder trainer() {
        return Trainer.builder()
                .optimizer(Optimizers.adam(0.1))
                .schedule(Schedules.exponential(0.9))
                .batchSize(2)
                .shuffled(5)
                .epochs(3)
                .validation(RECORDS)
                .earlyStopping(2, 0.01);
    }

    static void save(Path file) throws IOException {
        Training[] training = new Training[1];
        Schedule stopping = new Schedule() {
            @Override
            public double rate(double learningRate, long step) {
                if (step == 3) {
                    training[0].stop();
                }
                return Schedules.exponential(0.9).rate(learningRate, step);
            }

            @Override
            public String toString() {
                return Schedules.exponential(0.9).toString();
            }
        };
        training[0] = trainer().schedule(stopping).build().on(network(2), RECORDS);
        training[0].run();
        training[0].checkpoint(file);
    }
}
