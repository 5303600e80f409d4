package dev.chainrule.samples.benchmarks.contenders;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.runtime.training.TrainingListener;
import java.util.function.BooleanSupplier;

/** This project. */
public final class GeneratedTrainee implements Trainee {
    private final TrainingTask task;
    private final TrainableNetwork network;
    private final Records records;
    private double loss = Double.NaN;

    /**
     * @param network that of the task on parameters of its own
     */
    public GeneratedTrainee(TrainingTask task, TrainingTask.Data data, TrainableNetwork network) {
        this.task = task;
        this.network = network;
        records = Records.wrap(
                data.inputs(),
                task.shape().inputs(),
                data.targets(),
                task.shape().outputs());
    }

    @Override
    public void train(BooleanSupplier another) {
        TrainingListener listener = training -> {
            History history = training.history();
            loss = history.loss(history.epochs() - 1);
            if (!another.getAsBoolean()) {
                training.stop();
            }
        };
        Trainer.builder()
                .optimizer(Optimizers.gradientDescent(TrainingTask.RATE))
                .batchSize(task.batch())
                .threads(task.threads())
                .epochs(Integer.MAX_VALUE)
                .listener(listener)
                .build()
                .train(network, records);
    }

    @Override
    public double[] parameters() {
        return network.parameters();
    }

    @Override
    public double loss() {
        return loss;
    }
}
