package dev.chainrule.samples.benchmarks.contenders;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.encog.ml.data.MLDataPair;
import org.encog.ml.data.basic.BasicMLData;
import org.encog.ml.data.basic.BasicMLDataPair;
import org.encog.ml.data.basic.BasicMLDataSet;
import org.encog.neural.networks.BasicNetwork;
import org.encog.neural.networks.training.propagation.sgd.StochasticGradientDescent;
import org.encog.neural.networks.training.propagation.sgd.update.UpdateRule;

/**
 * Encog, by its stochastic gradient descent, given record by record; {@code iteration()} would draw batches at random. Its loss is
 * the sum of the cross-entropies of the outputs. It has one thread: its {@code Backpropagation} has more, but not in batches.
 */
public final class EncogTrainee implements Trainee {
    private final TrainingTask task;
    private final BasicNetwork network;
    private final List<MLDataPair> records = new ArrayList<>();

    public EncogTrainee(TrainingTask task, TrainingTask.Data data) {
        this.task = task;
        network = Encog.network(task.shape(), data.parameters());
        int inputs = task.shape().inputs();
        int outputs = task.shape().outputs();
        for (int r = 0; r < task.records(); r++) {
            records.add(new BasicMLDataPair(
                    new BasicMLData(Arrays.copyOfRange(data.inputs(), r * inputs, (r + 1) * inputs)),
                    new BasicMLData(Arrays.copyOfRange(data.targets(), r * outputs, (r + 1) * outputs))));
        }
    }

    /** Encog's own rules have a momentum or more. Its gradients are sums over the batch, and point downhill. */
    private final class Step implements UpdateRule {
        private int count;

        @Override
        public void init(StochasticGradientDescent training) {}

        @Override
        public void update(double[] gradients, double[] weights) {
            double rate = TrainingTask.RATE / (count * task.shape().outputs());
            for (int i = 0; i < weights.length; i++) {
                weights[i] += rate * gradients[i];
            }
        }
    }

    @Override
    public void train(BooleanSupplier another) {
        StochasticGradientDescent training = new StochasticGradientDescent(network, new BasicMLDataSet(records));
        Step step = new Step();
        training.setUpdateRule(step);
        do {
            for (int from = 0; from < task.records(); from += task.batch()) {
                int to = Math.min(from + task.batch(), task.records());
                for (int r = from; r < to; r++) {
                    training.process(records.get(r));
                }
                step.count = to - from;
                training.update();
            }
        } while (another.getAsBoolean());
    }

    @Override
    public double[] parameters() {
        return Encog.parameters(task.shape(), network);
    }

    /** It adds up squared errors, whatever the loss is. */
    @Override
    public double loss() {
        return Double.NaN;
    }
}
