package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.StepListener;
import dev.chainrule.runtime.training.Trainer;
import java.util.ArrayList;
import java.util.List;

/**
 * The way of gradient descent over lines.
 *
 * @param label what is descended by
 * @param stepsPerEpoch how many steps go through all records
 * @param ws the line at the start and after every step
 * @param bs likewise
 */
record BatchPath(String label, int stepsPerEpoch, double[] ws, double[] bs) {
    /** Descends from a line by the mean gradients of batches; each epoch has the records in another order. */
    static BatchPath of(String label, double[] start, Records records, int batch, double rate, int epochs, long seed) {
        LineNetwork network = new LineNetwork(start.clone());
        List<double[]> lines = new ArrayList<>();
        lines.add(start);
        StepListener listener = training -> lines.add(network.parameters().clone());
        Trainer.builder()
                .batchSize(batch)
                .shuffled(seed)
                .optimizer(Optimizers.gradientDescent(rate))
                .epochs(epochs)
                .listener(listener)
                .build()
                .train(network, records);
        return new BatchPath(
                label,
                (lines.size() - 1) / epochs,
                lines.stream().mapToDouble(line -> line[0]).toArray(),
                lines.stream().mapToDouble(line -> line[1]).toArray());
    }

    /** The w and the b of the line after some epochs. */
    double[] afterEpoch(int epoch) {
        return new double[] {ws[epoch * stepsPerEpoch], bs[epoch * stepsPerEpoch]};
    }
}
